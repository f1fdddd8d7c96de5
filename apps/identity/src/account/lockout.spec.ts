import { afterFailure, isLocked, type Lockable } from './lockout';

const policy = { failures: 5, seconds: 300 };
const now = new Date('2016-11-01T08:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const failed = (times: number, from: Lockable = { failures: 0 }): Lockable =>
  Array.from({ length: times }).reduce<Lockable>((state) => afterFailure(state, now, policy), from);

describe('lock after failures', () => {
  test('the fifth failure locks for five minutes', () => {
    expect(isLocked(failed(4), now)).toBe(false);
    expect(failed(5).lockedUntil).toEqual(later(300));
    expect(isLocked(failed(5), later(299))).toBe(true);
  });

  test('it unlocks by itself and counts from zero again', () => {
    const locked = failed(5);
    expect(isLocked(locked, later(300))).toBe(false);
    expect(afterFailure(locked, later(301), policy)).toEqual({ failures: 1 });
  });

  test('trying while locked does not prolong it', () => {
    const locked = failed(5);
    expect(afterFailure(locked, later(200), policy)).toBe(locked);
  });
});
