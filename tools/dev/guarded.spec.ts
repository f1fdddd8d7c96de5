import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@shidang/testing';
import { Guarded, type GuardedCommand } from './guarded';
import { isAlive, known } from './system/processes';
import { fromRoot } from './workspace';

describe('a guarded process', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'shidang-guard-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const shell = (script: string, more: Partial<GuardedCommand> = {}): GuardedCommand => ({
    name: 'probe',
    command: 'sh',
    args: ['-c', script],
    env: { PATH: process.env['PATH'], DIR: dir },
    log: join(dir, 'log'),
    stopSignal: 'SIGTERM',
    graceSeconds: 1,
    ...more,
  });

  it('ends with the code of its command', async () => {
    expect(await Guarded.start(shell('exit 7')).ended).toEqual({ code: 7, signal: null });
  });

  it('is asked to end first', async () => {
    const guarded = Guarded.start(
      shell('trap "touch $DIR/asked; exit 0" TERM; touch $DIR/up; while :; do sleep 0.05; done'),
    );
    await eventually(() => existsSync(join(dir, 'up')), 'the command runs');
    await guarded.stop();
    expect(existsSync(join(dir, 'asked'))).toBe(true);
  });

  it('is killed when it does not listen', async () => {
    const guarded = Guarded.start(shell('trap "" TERM; touch $DIR/up; while :; do sleep 0.05; done'));
    await eventually(() => existsSync(join(dir, 'up')), 'the command runs');
    const started = Date.now();
    await guarded.stop();
    expect(Date.now() - started).toBeGreaterThan(900);
  });

  it('ends with everything it started, and its directory goes, when its starter is killed', async () => {
    const kept = join(dir, 'kept');
    mkdirSync(kept);
    const command = shell('sleep 60 & echo $! > $DIR/pid; wait', { sweep: kept });
    const starter = `require(${JSON.stringify(fromRoot('tools/dev/guarded.ts'))}).Guarded.start(${JSON.stringify(command)}); setInterval(() => 0, 1e6)`;
    const script = `const swc = require('@swc/core'); require.extensions['.ts'] = (module, path) =>
      module._compile(swc.transformFileSync(path, { swcrc: false, jsc: { parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code, path);
      ${starter}`;
    const parent = spawn(process.execPath, ['-e', script], { cwd: fromRoot(), stdio: 'ignore' });
    const pid = await eventually(() => {
      const written = existsSync(join(dir, 'pid')) && readFileSync(join(dir, 'pid'), 'utf8').trim();
      return written ? Number(written) : false;
    }, 'the command runs');
    const grandchild = known(pid);
    parent.kill('SIGKILL');
    await eventually(() => !isAlive(grandchild), 'the grandchild has ended');
    await eventually(() => !existsSync(kept), 'the directory is gone');
  });
});
