import type { Violation } from './violation';

/** What somebody who has done nothing wrong was answered, before and while others attack. */
export interface Served {
  readonly before: readonly number[];
  readonly during: readonly number[];
}

/** Of those who ask properly at least this share is served while others attack; a 503 that says when to come again is an answer. */
export const leastServed = 0.9;

export function servedMeanwhile(what: string, { before, during }: Served): Violation[] {
  const share = (statuses: readonly number[]) =>
    statuses.filter((status) => status >= 200 && status < 300).length / statuses.length;
  if (before.length === 0 || during.length === 0) return [{ check: 'served', says: `${what}: nobody asked` }];
  const faults = during.filter((status) => status >= 500 && status !== 503).length;
  const wrong: string[] = [];
  if (share(before) < 1) wrong.push('not everybody was served before it began');
  if (share(during) < leastServed) wrong.push(`${(share(during) * 100).toFixed(0)} % were served meanwhile`);
  if (faults > 0) wrong.push(`${faults} faults meanwhile`);
  return wrong.map((says) => ({ check: 'served', says: `${what}: ${says}` }));
}
