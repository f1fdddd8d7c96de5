import type { AuditHead } from '@shidang/persistence';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadsFile } from './heads-file';

const directory = mkdtempSync(join(tmpdir(), 'heads-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const head = (sequence: number): AuditHead => ({
  sequence,
  rows: 1,
  total: sequence,
  first: null,
  at: '',
  hash: '',
  signature: '',
});
const sequences = async (file: HeadsFile) => {
  const found: number[] = [];
  for await (const { sequence } of file.heads()) found.push(sequence);
  return found;
};

test('a file that is not there yet holds nothing', async () => {
  const file = new HeadsFile(join(directory, 'none', 'records.jsonl'));
  expect([await file.tip(), await sequences(file)]).toEqual([0, []]);
});

test('heads are appended, one a line, readable by its owner alone', async () => {
  const file = new HeadsFile(join(directory, 'made', 'records.jsonl'));
  await file.append([head(1), head(2)]);
  await file.append([]);
  await file.append([head(3)]);
  expect([await file.tip(), await sequences(file)]).toEqual([3, [1, 2, 3]]);
  expect(readFileSync(file.path, 'utf8').split('\n')).toHaveLength(4);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
});

test('a line cut off by a crash is a head that was not kept: it is appended again, on a line of its own', async () => {
  const file = new HeadsFile(join(directory, 'torn.jsonl'));
  await file.append([head(1)]);
  appendFileSync(file.path, '{"sequence":2,"ro');
  expect(await file.tip()).toBe(1);
  await file.append([head(2)]);
  expect([await file.tip(), await sequences(file)]).toEqual([2, [1, 2]]);
});
