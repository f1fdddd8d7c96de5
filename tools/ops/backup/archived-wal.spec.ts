import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot, walOf } from '@shidang/dev';
import { walBefore, walSince } from './archived-wal';
import type { Backup } from './backup-place';

let archive: string;
let wal: string;
const backup = { cluster: '7', startLsn: '0/FF000028', timeline: 1 } as Backup;

beforeEach(() => {
  archive = mkdtempSync(join(tmpdir(), 'shidang-wal-'));
  wal = walOf(archive, '7');
  mkdirSync(wal, { recursive: true });
});
afterEach(() => rmSync(archive, { recursive: true }));

const put = (...names: string[]) => names.forEach((name) => writeFileSync(join(wal, `${name}.gz`), 'x'));

describe('archived segments', () => {
  it('go on after the 256th of a file number', () => {
    put('0000000100000000000000FF', '000000010000000100000000', '000000010000000100000001');
    expect(walSince(archive, backup)).toMatchObject({ segments: 3, missing: 0 });
  });

  it('missing in between are counted', () => {
    put('0000000100000000000000FF', '000000010000000100000002');
    expect(walSince(archive, backup).missing).toBe(2);
  });

  it('before the oldest backup are to be removed, of any timeline; history files stay', () => {
    put('0000000100000000000000FE', '0000000200000000000000FD', '0000000100000000000000FF', '00000002.history');
    expect(walBefore(archive, backup).paths.map((path) => path.slice(wal.length + 1))).toEqual([
      '0000000200000000000000FD.gz',
      '0000000100000000000000FE.gz',
    ]);
  });
});

describe('archive-wal.sh', () => {
  const run = (content: string) => {
    const segment = join(archive, 'segment');
    writeFileSync(segment, content);
    return spawnSync('sh', [fromRoot('deploy/postgres/archive-wal.sh'), segment, '00000001', wal]).status;
  };

  it('keeps a segment whole, answers 0 when asked for the same again and refuses another under its name', () => {
    expect(run('first')).toBe(0);
    expect(run('first')).toBe(0);
    expect(run('other')).toBe(1);
    expect(readdirSync(wal)).toEqual(['00000001.gz']);
    expect(execFileSync('gzip', ['-dc', join(wal, '00000001.gz')]).toString()).toBe('first');
  });

  it('fails, and leaves nothing, when there is no segment or no archive', () => {
    const script = fromRoot('deploy/postgres/archive-wal.sh');
    expect(spawnSync('sh', [script, join(archive, 'absent'), '00000002', wal]).status).not.toBe(0);
    expect(readdirSync(wal)).toEqual([]);
    rmSync(wal, { recursive: true });
    expect(run('first')).not.toBe(0);
  });
});
