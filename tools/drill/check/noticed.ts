import type { MissedRead } from '../journal/journal';
import type { Attempt } from '../journal/operation';
import type { Violation } from './violation';

/** What a client would have had to ask again since then (Unix milliseconds): no answer, a fault, a place that was not free. */
export function noticed(attempts: readonly Attempt[], reads: readonly MissedRead[], since: number): Violation[] {
  const writes = attempts
    .filter(
      ({ endedAt, status = 0 }) =>
        endedAt >= since && (status === 0 || status === 408 || status === 429 || status >= 500),
    )
    .map(({ op, contract, status, code }) => ({
      check: 'noticed',
      op,
      says: `${contract} → ${status ?? 'no answer'}${code ? ` ${code}` : ''}`,
    }));
  const missed = reads
    .filter(({ at }) => at >= since)
    .map(({ path, status }) => ({ check: 'noticed', says: `GET ${path} → ${status ?? 'no answer'}` }));
  return [...writes, ...missed];
}
