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

describe('audit restored', () => {
  const asked = ['audit', 'restored', '--service', 'notifications'];
  const whole = [...asked, '--to-time', '2026-11-28T09:30:00+08:00', '--reason', '机房断电'];

  it('wants a time, a reason and a yes, and takes back nothing where nothing is missing', async () => {
    const [timeless, baseless, heldBack, done] = await Promise.all([
      ops(...asked, '--reason', '机房断电', '--yes'),
      ops(...asked, '--to-time', '2026-11-28T09:30:00+08:00', '--yes'),
      ops(...whole),
      ops(...whole, '--yes'),
    ]);
    expect([timeless.code, baseless.code, heldBack.code]).toEqual([2, 2, 3]);
    expect(timeless.said).toContain('audit restored --to-time T');
    expect(baseless.said).toContain('--reason "…" is missing');
    expect(heldBack.said).toContain('would set aside what the audit chains sealed after 2026-11-28T09:30:00+08:00');
    expect(done).toEqual({ code: 0, said: expect.stringContaining('nothing to declare') as string });
  }, 60_000);
});
