import { CoreShare } from './core-share';

/** A clock that work and rest move on, nothing else. */
function aCore(share: number) {
  let now = 0;
  let busy = 0;
  let atOnce = 0;
  let most = 0;
  const core = new CoreShare(share, {
    now: () => now,
    rest: async (milliseconds) => {
      now += milliseconds;
      await Promise.resolve();
    },
  });
  const work = (milliseconds: number) => async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await Promise.resolve();
    now += milliseconds;
    busy += milliseconds;
    atOnce -= 1;
  };
  return { core, work, pass: (ms: number) => (now += ms), seen: () => ({ now, busy, most }) };
}

describe('a share of a core', () => {
  it('is never more than its share, however many come at once', async () => {
    const { core, work, seen } = aCore(0.6);
    await Promise.all(Array.from({ length: 100 }, (_, n) => core.run(work(n === 0 ? 20 : 19))));
    const { now, busy, most } = seen();
    expect(most).toBe(1);
    expect(busy / now).toBeLessThanOrEqual(0.605);
    expect(busy / now).toBeGreaterThan(0.59);
  });

  it('lets nobody wait who comes alone', async () => {
    const { core, work, pass, seen } = aCore(0.6);
    await core.run(work(20));
    pass(1_000);
    await core.run(work(20));
    expect(seen().now).toBe(1_040);
  });

  it('does not rest for what was waiting on a busy machine', async () => {
    const { core, work, seen } = aCore(0.5);
    await core.run(work(20));
    for (let n = 0; n < 3; n++) await core.run(work(400));
    // each rest is as long as the work costs, not as long as it took
    expect(seen().now).toBe(20 + 3 * (20 + 400));
  });

  it('goes on after work that failed', async () => {
    const { core, work, seen } = aCore(0.5);
    await expect(core.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await core.run(work(10));
    expect([seen().busy, core.waiting]).toEqual([10, 0]);
  });
});
