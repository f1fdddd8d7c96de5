import { countedKeys, progressStatuses, type CountedColumn, type ProgressFigures } from '@shidang/contracts';
import { turnOf } from '../teacher/progress-status';
import { statusesOf } from './organisation-progress';

export type CountsLevel = 'children' | 'schools';

/** As many as fit one answer; above that somebody looks at the organisations below, or at a ranking page by page. */
export const mostCounted = 5_000;

const figureOf = Object.entries(statusesOf) as [keyof ProgressFigures, readonly string[]][];

/** The legend of the counts. */
export const countedColumns: readonly CountedColumn[] = countedKeys.map((key) =>
  key === 'unregistered'
    ? { key, turn: 'school', figures: ['unregistered'] }
    : {
        key,
        turn: turnOf[key],
        figures: figureOf.filter(([, statuses]) => statuses.includes(key)).map(([figure]) => figure),
      },
);

const measures = [...progressStatuses.map((status) => `status:${status}`), 'head-count', 'schools-declared'];
const sumOf = (measure: string): string => `coalesce(sum(r.n) filter (where r.measure = '${measure}'), 0)`;

/** `cells`: the array of the statuses' counts. */
const cellsOf = (statuses: readonly string[]): string =>
  progressStatuses.flatMap((status, at) => (statuses.includes(status) ? `cells[${at + 1}]` : [])).join(' + ');

const low = `(select org_path from above)`;
const high = `(select rtrim(org_path, '.') || '/' from above)`;

/** Whose rows of the roll-up stand below which parent: a school's path ends with its code. */
const places: Readonly<Record<CountsLevel, { parent: string; asked: string }>> = {
  children: { parent: low, asked: `o.parent_code = $1` },
  schools: {
    parent: `left(o.org_path, -(length(o.code) + 1))`,
    asked: `o.tier = 'school' and o.org_path >= ${low} and o.org_path < ${high}`,
  },
};

/**
 * Everybody's counts as the items of a JSON list, made here: `$1` code of the organisation above, `$2` today in China, `$3` how many at most.
 * `of` says how many there are, up to one more than that; then there are no items. No row: no such organisation in scope. For each organisation
 * one look at the roll-up, in its index by parent alone.
 */
export function countsQuery(level: CountsLevel): string {
  const { parent, asked } = places[level];
  return `
  with above as materialized (select org_path from organisation where code = $1),
  due as materialized (
    select c.org_path, c.due_on::text as day from campaign c where starts_with(${low}, c.org_path) or (c.org_path >= ${low} and c.org_path < ${high})),
  listed as materialized (select o.code, o.name, o.org_path, ${parent} as parent from organisation o where ${asked} limit $3 + 1),
  items as (
    select string_agg(
      '{"code":' || to_json(o.code) || ',"name":' || to_json(o.name) || case when head is null then '' else ',"headCount":' || head end ||
      ',"counts":[' || array_to_string(cells, ',') || ',' || greatest(0, coalesce(head, 0) - registered) || '],"overdue":' ||
      case when (select min(day) from due) < $2::text and submitted < greatest(coalesce(head, 0), registered)
        and (select d.day from due d where starts_with(o.org_path, d.org_path) order by length(d.org_path) desc limit 1) < $2::text
        then 'true' else 'false' end || '}', ',' order by o.code) as text
    from listed o
    cross join lateral (
      select array[${progressStatuses.map((status) => sumOf(`status:${status}`)).join(', ')}] as cells,
        case when ${sumOf('schools-declared')} > 0 then ${sumOf('head-count')} end as head
      from rollup r where r.parent = o.parent and r.org_path = o.org_path and r.measure in (${measures.map((each) => `'${each}'`).join(', ')})) c
    cross join lateral (select ${cellsOf(statusesOf.registered)} as registered, ${cellsOf(statusesOf.submitted)} as submitted) f)
  select of, case when of <= $3 then coalesce((select text from items), '') end as items
  from above, (select count(*)::int as of from listed) n`;
}
