import type { Operation } from './journal/operation';
import type { Violation } from './check/violation';

/** Without help, after the last fault. */
export const recoverySeconds = 30;
/** Until read models equal the truth, after the last fault. */
export const settledSeconds = 60;

export interface Recovery {
  readonly contract: string;
  /** From the last fault to the first success; undefined when none came. */
  readonly seconds?: number;
}

/** For every kind of operation that succeeded before the last fault: how long until the next success. */
export function recoveries(operations: readonly Operation[], lastFault: number): Recovery[] {
  const ok = operations.filter(({ outcome }) => outcome === 'ok');
  const before = new Set(ok.filter(({ endedAt }) => endedAt <= lastFault).map(({ contract }) => contract));
  return [...before].sort().map((contract) => {
    const later = ok
      .filter((each) => each.contract === contract && each.endedAt > lastFault)
      .map((each) => each.endedAt);
    return later.length === 0 ? { contract } : { contract, seconds: (Math.min(...later) - lastFault) / 1000 };
  });
}

/** Asked after the last fault, and within the time nobody was told anything. What nobody asked in that time says nothing. */
export function tooSlow(operations: readonly Operation[], lastFault: number): Violation[] {
  const end = lastFault + recoverySeconds * 1000;
  const asked = operations.filter(({ startedAt, endedAt }) => startedAt < end && endedAt > lastFault);
  return [...new Set(asked.map(({ contract }) => contract))].sort().flatMap((contract) => {
    const mine = asked.filter((each) => each.contract === contract);
    const late = mine.every(({ outcome, endedAt }) => outcome === 'unknown' || endedAt > end);
    const known = mine.some(({ startedAt }) => startedAt < lastFault + recoverySeconds * 500);
    return late && known
      ? [{ check: 'recovery', says: `${contract} was not answered within ${recoverySeconds} s after the last fault` }]
      : [];
  });
}

/** Whose work has succeeded since: a lane's name stands before the colon of its operations. */
export const lanesBack = (operations: readonly Operation[], lastFault: number): number =>
  new Set(
    operations
      .filter(({ outcome, endedAt }) => outcome === 'ok' && endedAt > lastFault)
      .map(({ op }) => op.split(':')[0]),
  ).size;

export interface Verdict {
  readonly drill: string;
  readonly seed: string;
  readonly violations: readonly Violation[];
  readonly skipped?: string;
}

/** The journal in one line: how many operations of each outcome. */
export function summary(operations: readonly Operation[]): string {
  const of = (outcome: string) => operations.filter((each) => each.outcome === outcome).length;
  const attempts = operations.reduce((sum, { traces }) => sum + traces.length, 0);
  return `${operations.length} operations in ${attempts} attempts: ${of('ok')} ok, ${of('refused')} refused, ${of('unknown')} unknown`;
}
