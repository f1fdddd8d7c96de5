import { createKeyFile, FileKeyProvider } from '@shidang/persistence';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedOf } from '../command';
import { keysCommands } from './keys-commands';

const command = keysCommands['keys complete'];
const run = (...args: string[]) => command.run(askedOf(command, args));

describe('key files of an older release', () => {
  let dir: string;
  let file: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'shidang-keys-'));
    file = join(dir, 'records-key.json');
    createKeyFile(file);
    const { auditKey: _, ...older } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify(older));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('get what they lack, once, and keep what they have', async () => {
    const before = JSON.parse(readFileSync(file, 'utf8')) as object;
    expect(() => new FileKeyProvider(file)).toThrow();
    expect((await run(file)).words).toEqual([`${file} got an audit key`]);
    const whole = readFileSync(file, 'utf8');
    expect(JSON.parse(whole)).toMatchObject(before);
    expect(new FileKeyProvider(file).active).toBe('k1');
    expect((await run(file)).words).toEqual([`${file} is complete`]);
    expect(readFileSync(file, 'utf8')).toBe(whole);
  });

  it('are left as they are by --dry-run, and when one of them is not there', async () => {
    const before = readFileSync(file, 'utf8');
    expect((await run(file, '--dry-run')).words).toEqual([`${file} would get an audit key`]);
    await expect(run(file, join(dir, 'nowhere.json'))).rejects.toThrow('nowhere.json');
    await expect(run()).rejects.toThrow('Which key files?');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
