import type { Asker } from '../door/asker';
import { bodyOf } from '../door/ask';

/** Ids that exist, by the name of the place they stand in: with them a request comes further than the door. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

/** Well formed, and nobody's. */
export const ghostId = '019a0000-0000-7000-8000-00000000dead';

interface Listed {
  readonly path: string;
  readonly place: string;
  readonly key: string;
}

const lists: readonly Listed[] = [
  { path: '/teachers?limit=50', place: 'teacherId', key: 'id' },
  { path: '/review-cases?limit=50', place: 'caseId', key: 'id' },
  { path: '/imports?limit=20', place: 'importId', key: 'id' },
  { path: '/imports?limit=20', place: 'jobId', key: 'id' },
  { path: '/review-batches?limit=20', place: 'batchId', key: 'id' },
  { path: '/monthly-reports?limit=20', place: 'reportId', key: 'id' },
  { path: '/notices?limit=20', place: 'noticeId', key: 'id' },
  { path: '/urgings?limit=20&box=sent', place: 'urgingId', key: 'id' },
  { path: '/submissions?limit=20', place: 'receipt', key: 'receipt' },
  { path: '/organisations?limit=50', place: 'code', key: 'code' },
  { path: '/change-requests?limit=20', place: 'changeRequestId', key: 'id' },
  { path: '/corrections?limit=20', place: 'correctionId', key: 'id' },
  { path: '/accounts?role=teacher&limit=20', place: 'accountId', key: 'id' },
];

/** Reads every list as everybody. Accounts of the askers are left out: who disables them ends the attack. */
export async function knownIds(askers: readonly Asker[]): Promise<KnownIds> {
  const found = new Map<string, Set<string>>();
  for (const asker of askers)
    for (const { path, place, key } of lists) {
      const items = (bodyOf(await asker.ask('GET', path))['items'] ?? []) as Record<string, unknown>[];
      const known = found.get(place) ?? new Set();
      for (const item of items) if (!isOf(askers, item)) known.add(String(item[key]));
      found.set(place, known);
    }
  const ids = Object.fromEntries([...found].map(([place, known]) => [place, [...known].sort()]));
  const organisation = ids['code'] ?? [];
  return { ...ids, organisation, section: ['basic', 'contact', 'work', 'assessment'], month: ['2026-09'] };
}

const isOf = (askers: readonly Asker[], item: Record<string, unknown>): boolean =>
  askers.some(({ loginName }) => loginName === item['loginName']);
