import type { Operation } from '../journal/operation';
import type { FinalState } from '../state/final-state';
import type { Violation } from './violation';

const check = 'versions';

/** The object whose version a write answers: an entry its own, a report its own, a school its declaration. */
const objectOf = ({ contract, intent, made }: Operation): string | undefined => {
  if (contract.startsWith('records.entry.')) return `entry:${made?.['entryId'] ?? intent['entryId']}`;
  if (contract.startsWith('reporting.monthly-report.')) return `report:${made?.['reportId'] ?? intent['reportId']}`;
  if (contract.startsWith('reporting.head-count.declare')) return `head-count:${intent['school']}`;
  if (contract === 'review.case.decide') return `case:${intent['caseId']}`;
  return undefined;
};

/** ETags are versions, a case's with a piece of its hash behind. */
const numberOf = (etag: string): number => Number.parseInt(etag, 10);

function finalVersions({ records, reporting, review }: FinalState): Map<string, number> {
  return new Map([
    ...records.entries.map(({ id, version }) => [`entry:${id}`, version] as const),
    ...reporting.reports.map(({ id, version }) => [`report:${id}`, version] as const),
    ...reporting.headCounts.map(({ school_code, version }) => [`head-count:${school_code}`, version] as const),
    ...review.cases.map(({ id, version }) => [`case:${id}`, version] as const),
  ]);
}

/** Versions answered for one object grow with every write, and none that was answered is ahead of what is there now. */
export function regressed(operations: readonly Operation[], state: FinalState): Violation[] {
  const now = finalVersions(state);
  const last = new Map<string, { version: number; op: string }>();
  const found: Violation[] = [];
  const acknowledged = operations.filter(({ outcome, version }) => outcome === 'ok' && version !== undefined);
  for (const operation of [...acknowledged].sort((a, b) => a.endedAt - b.endedAt)) {
    const object = objectOf(operation);
    if (!object) continue;
    const { op, version: etag } = operation;
    const version = numberOf(etag!);
    const before = last.get(object);
    if (before && version <= before.version)
      found.push({ check, op, says: `${object}: version ${version} after ${before.version} (${before.op})` });
    last.set(object, { version, op });
  }
  for (const [object, { version, op }] of last) {
    const is = now.get(object);
    if (is === undefined || is < version)
      found.push({ check, op, says: `${object}: version ${version} was acknowledged, ${is ?? 'nothing'} is there` });
  }
  return found;
}

/** Every version of a row is kept, from the first to the last, each once; rows that are made empty have nothing to keep before the second. */
export function gaps({ records }: FinalState): Violation[] {
  const kept = new Map<string, number[]>();
  for (const { entry_id, version } of records.entryVersions)
    kept.set(entry_id, [...(kept.get(entry_id) ?? []), version]);
  return records.entries.flatMap(({ id, version }) => {
    const versions = kept.get(id) ?? [];
    const first = versions[0] ?? 0;
    const whole =
      first >= 1 && first <= 2 && versions.at(-1) === version && versions.every((each, i) => each === first + i);
    return whole
      ? []
      : [{ check, says: `entry:${id} is at version ${version}, kept are ${versions.join(' ') || 'none'}` }];
  });
}
