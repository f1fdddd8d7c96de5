import { execFile } from 'node:child_process';
import { fromRoot } from '@shidang/dev';
import { sharedSystem } from './shared-system';

const { dir } = sharedSystem();

/** `npm run ops -- …` on the running system: exit code and what it said. */
const ops = (...args: string[]): Promise<{ code: number; said: string }> =>
  new Promise((settle) => {
    const all = [fromRoot('tools/ops/ops.mjs'), ...args, '--dir', dir];
    execFile(process.execPath, all, { cwd: fromRoot('.') }, (error, stdout, stderr) =>
      settle({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });

it('`audit restored` takes back nothing where nothing is missing', async () => {
  const told = ['--to-time', '2026-11-28T09:30:00+08:00', '--reason', '机房断电', '--yes'];
  expect(await ops('audit', 'restored', '--service', 'notifications', ...told)).toEqual({
    code: 0,
    said: expect.stringContaining('nothing to declare') as string,
  });
}, 60_000);
