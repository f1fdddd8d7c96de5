import type { Violation } from './violation';

/** A6: what was ended is refused from here on. */
export const endedAfter = 2_000;

/** One request of somebody whose right was, or is being, taken away. Moments in Unix milliseconds. */
export interface Use {
  readonly account: string;
  readonly what: string;
  readonly startedAt: number;
  readonly status: number;
}

export interface Ending {
  readonly account: string;
  /** `disabled`, `signed out`, `new slip`. */
  readonly how: string;
  /** When whoever ended it was told that it is done. */
  readonly endedAt: number;
  /** Until when no new session of the account was begun. */
  readonly until: number;
}

/** Accepted later than that: nothing may be. */
export function endedInTime(endings: readonly Ending[], uses: readonly Use[]): Violation[] {
  const byAccount = new Map<string, Use[]>();
  for (const use of uses) byAccount.set(use.account, [...(byAccount.get(use.account) ?? []), use]);
  return endings.flatMap(({ account, how, endedAt, until }) =>
    (byAccount.get(account) ?? [])
      .filter(
        ({ startedAt, status }) =>
          startedAt > endedAt + endedAfter && startedAt < until && status > 0 && status !== 401,
      )
      .map(({ what, startedAt, status }) => ({
        check: 'ended-in-time',
        says: `${what} of ${account} was answered ${status} ${startedAt - endedAt} ms after it was ${how}`,
      })),
  );
}
