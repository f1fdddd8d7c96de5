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

export const tooSlow = (found: readonly Recovery[]): Violation[] =>
  found
    .filter(({ seconds }) => seconds === undefined || seconds > recoverySeconds)
    .map(({ contract, seconds }) => ({
      check: 'recovery',
      says: `${contract} ${seconds === undefined ? 'did not succeed again' : `succeeded again after ${seconds.toFixed(1)} s`}`,
    }));

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
