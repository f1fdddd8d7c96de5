/** 5 failures lock for 5 minutes; it unlocks by itself, and trying while locked does not prolong it. */
export interface LockoutPolicy {
  failures: number;
  seconds: number;
}

export interface Lockable {
  failures: number;
  lockedUntil?: Date | null;
}

export const isLocked = (account: Lockable, now: Date): boolean => !!account.lockedUntil && account.lockedUntil > now;

/** State after a wrong password. */
export function afterFailure(account: Lockable, now: Date, policy: LockoutPolicy): Lockable {
  if (isLocked(account, now)) return account;
  const failures = account.failures + 1;
  if (failures < policy.failures) return { failures };
  return { failures: 0, lockedUntil: new Date(now.getTime() + policy.seconds * 1000) };
}
