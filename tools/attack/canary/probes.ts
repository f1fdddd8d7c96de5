import type { KnownIds } from '../api/known-ids';
import { pathOf, type Operation } from '../api/operations';
import { bodyOf, type Asked } from '../door/ask';
import { json } from '../door/asker';
import { school, type Planted } from './plant';

/** One request of a stranger, and the channel it listens at. */
export interface Probe extends Asked {
  readonly says: string;
  readonly channel: string;
}

const perPlace = 3;

function channelOf({ name, method, path }: Operation, query: string): string {
  if (query.includes('cursor=')) return 'cursor';
  if (query.includes('sort=')) return 'sort';
  if (/[?&](q|name|loginName|actor|object)=/.test(query)) return 'search';
  if (method !== 'GET') return 'error';
  if (/\.(csv|xlsx)/.test(path)) return 'export';
  if (/jobs/.test(path)) return 'job';
  if (/notices|urgings/.test(path)) return 'notice';
  if (/issues|causes|completeness|review-marks/.test(path)) return 'finding';
  if (/counts|statistics|progress|coverage|groups/.test(name)) return 'count';
  return 'list';
}

/** Places of the path filled with what is the school's, and queries that name it, search for it or go on from its pages. */
export function probesOf(
  operation: Operation,
  known: KnownIds,
  planted: Planted,
  cursors: readonly string[],
): Omit<Probe, 'headers'>[] {
  const places = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
  const most = Math.max(1, ...places.map((name) => Math.min(perPlace, known[name]?.length ?? 0)));
  const paths = Array.from({ length: most }, (_, index) =>
    pathOf(operation, (name) => encodeURIComponent(known[name]?.[index % (known[name]?.length || 1)] ?? 'basic')),
  );
  const has = (name: string) => operation.parameters.some((each) => each.in === 'query' && each.name === name);
  const words = planted.canaries.map(({ word }) => word.slice(0, -1));
  const queries = [
    '',
    ...(has('organisation') ? [`?organisation=${school}`, '?organisation=331102'] : []),
    ...(has('teacherId') ? planted.teacherIds.map((id) => `?teacherId=${id}`) : []),
    ...(has('object') ? planted.teacherIds.map((id) => `?object=teacher:${id}`) : []),
    ...(has('limit') ? ['?limit=200'] : []),
    ...(has('sort') ? ['?sort=-returned', '?sort=waiting'] : []),
    ...['q', 'name', 'actor', 'loginName']
      .filter(has)
      .flatMap((name) => words.map((word) => `?${name}=${encodeURIComponent(word)}`)),
    ...(has('cursor') ? cursors.map((cursor) => `?cursor=${encodeURIComponent(cursor)}`) : []),
  ];
  const body = operation.body ? bodyFor(planted) : undefined;
  return paths.flatMap((path) =>
    queries.map((query) => ({
      ...json(operation.method, `${path}${query}`, body),
      says: `${operation.method} ${path}${query}`,
      channel: channelOf(operation, query),
    })),
  );
}

/** What a foreign school's ids look like to whatever is written; most of it is refused, and words it with care. */
const bodyFor = ({ teacherIds, importIds }: Planted) => ({
  teacherId: teacherIds[0],
  caseIds: teacherIds,
  accountIds: teacherIds,
  organisation: school,
  organisations: [school],
  importId: importIds[0],
});

/** What a page of somebody who may see it ends with. */
export async function cursorsOf({ insiders }: Planted): Promise<string[]> {
  const paths = [
    '/teachers?limit=1',
    '/review-cases?limit=1',
    `/progress/${school}/teachers?limit=1`,
    '/imports?limit=1',
  ];
  const pages = await Promise.all(paths.map(async (path) => bodyOf(await insiders.info.ask('GET', path))['page']));
  return pages.flatMap((page) => (page as { next?: string } | undefined)?.next ?? []);
}
