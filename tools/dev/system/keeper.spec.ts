import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@shidang/testing';
import { Keeper } from './keeper';

describe('a kept process', () => {
  let dir: string;
  let keeper: Keeper | undefined;
  const said: string[] = [];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'shidang-keeper-'));
    said.length = 0;
  });
  afterEach(async () => {
    await keeper?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const keep = (script: string, ready: () => Promise<unknown> = async () => undefined): Keeper => {
    keeper = new Keeper({
      command: {
        name: 'probe',
        command: 'sh',
        args: ['-c', script],
        env: { PATH: process.env['PATH'], DIR: dir },
        log: join(dir, 'log'),
        stopSignal: 'SIGTERM',
        graceSeconds: 1,
      },
      ready,
      say: (line) => said.push(line),
    });
    return keeper;
  };

  it('is started again after a crash, and named', async () => {
    const kept = keep('sleep 60');
    await kept.start();
    await kept.kill();
    await eventually(() => kept.restarts === 1, 'it was started again');
    expect(said[0]).toContain('probe ended by SIGKILL, starting it again in 250 ms');
  });

  it('waits longer after each crash', async () => {
    await keep('exit 3').start();
    const crashes = () => said.filter((line) => line.includes('starting it again'));
    await eventually(() => crashes().length >= 2, 'it crashed twice');
    expect(crashes()[0]).toContain('with code 3, starting it again in 250 ms');
    expect(crashes()[1]).toContain('with code 3, starting it again in 500 ms');
  });

  it('does not come back once it is stopped', async () => {
    const kept = keep('sleep 60');
    await kept.start();
    await kept.stop();
    expect(said).toEqual([]);
    expect(kept.restarts).toBe(0);
  });

  it('fails the start with the end of its log when it ends before it is ready', async () => {
    const never = () => new Promise(() => undefined);
    await expect(keep('echo DATABASE_URL is missing; exit 2', never).start()).rejects.toThrow(
      /probe ended with code 2 while starting[^]*DATABASE_URL is missing/,
    );
  });
});
