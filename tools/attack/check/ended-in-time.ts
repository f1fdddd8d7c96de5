import type { Violation } from './violation';

/** A6: what was ended is refused from here on. */
export const endedAfter = 2_000;
/** What was accepted before that may be a moment on its way. */
const onItsWay = 500;

/** One request of somebody whose right was, or is being, taken away. Moments in Unix milliseconds. */
export interface Use {
  readonly account: string;
  readonly what: string;
  readonly startedAt: number;
  readonly status: number;
}

/** An event stream or an export that goes on by itself. */
export interface Line {
  readonly account: string;
  readonly what: string;
  readonly openedAt: number;
  /** The last time it was told something; a heartbeat and the word of the end are nothing. */
  readonly toldAt?: number;
  /** Absent: still open. */
  readonly closedAt?: number;
}

export interface Ending {
  readonly account: string;
  /** `disabled`, `signed out`, `given a new slip`. */
  readonly how: string;
  /** When whoever ended it was told that it is done. */
  readonly endedAt: number;
  /** Until when no new session of the account was begun. */
  readonly until: number;
}

function byAccount<T extends { readonly account: string }>(all: readonly T[]): (account: string) => readonly T[] {
  const known = new Map<string, T[]>();
  for (const one of all) known.set(one.account, [...(known.get(one.account) ?? []), one]);
  return (account) => known.get(account) ?? [];
}

/** Accepted later than that: nothing may be. */
export function endedInTime(endings: readonly Ending[], uses: readonly Use[]): Violation[] {
  const usesOf = byAccount(uses);
  return endings.flatMap(({ account, how, endedAt, until }) =>
    usesOf(account)
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

/** What was open when the right ended: told nothing later, and hung up on. */
export function closedInTime(endings: readonly Ending[], lines: readonly Line[]): Violation[] {
  const linesOf = byAccount(lines);
  return endings.flatMap(({ account, how, endedAt, until }) =>
    linesOf(account)
      .filter(({ openedAt, closedAt }) => openedAt < until && (closedAt ?? Infinity) > endedAt)
      .flatMap(({ what, toldAt = 0, closedAt = Infinity }) => {
        const last = endedAt + endedAfter + onItsWay;
        const wrong: string[] = [];
        if (toldAt > last && toldAt < until) wrong.push(`was told something ${toldAt - endedAt} ms`);
        if (closedAt > Math.max(last, until)) wrong.push(`was open ${until - endedAt} ms`);
        return wrong.map((says) => ({
          check: 'closed-in-time',
          says: `${what} of ${account} ${says} after it was ${how}`,
        }));
      }),
  );
}
