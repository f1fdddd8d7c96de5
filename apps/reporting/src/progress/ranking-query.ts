import type { ListProgressChildren, ProgressPreset, ProgressStatus, RankKey, RankSort, Turn } from '@shidang/contracts';
import { progressStatuses } from '@shidang/contracts';
import { turnOf } from '../teacher/progress-status';
import { statusesOf } from './organisation-progress';

/** How a ranking is asked for, apart from whose it is. */
export interface RankingTerms {
  readonly level: 'children' | 'schools';
  readonly sort: RankSort;
  readonly preset?: ProgressPreset;
}

export const termsOf = ({ level = 'children', sort = 'code', preset }: ListProgressChildren): RankingTerms => ({
  level,
  sort,
  preset,
});

const sumOf = (statuses: readonly ProgressStatus[]): string =>
  `coalesce(sum(r.n) filter (where r.measure in (${statuses.map((status) => `'status:${status}'`).join(', ')})), 0)`;

const ofTurn = (turn: Turn): string => sumOf(progressStatuses.filter((status) => turnOf[status] === turn));
const ofMeasure = (measure: string): string => `coalesce(sum(r.n) filter (where r.measure = '${measure}'), 0)`;

/** One line per organisation that is ranked. What nobody declared has no rate and stands below every rate. */
const counted = `
  select o.code, o.name, o.tier, o.category, o.org_path,
    case when ${ofMeasure('schools-declared')} > 0 then ${ofMeasure('head-count')} end as head,
    ${ofMeasure('schools')} as schools, ${ofMeasure('schools-declared')} as declared, ${ofMeasure('schools-confirmed')} as confirmed,
    ${sumOf(statusesOf.registered)} as registered, ${sumOf(statusesOf.entered)} as entered, ${sumOf(statusesOf.complete)} as complete,
    ${sumOf(statusesOf.schoolReviewed)} as school_reviewed, ${sumOf(statusesOf.submitted)} as submitted, ${sumOf(statusesOf.effective)} as effective,
    ${ofTurn('teacher')} as teacher, ${ofTurn('school')} as school, ${ofTurn('authority')} as authority, ${ofTurn('returned')} as returned`;

/** The moment of the last movement at a school, or at any school of a county. */
const moved = (path: string, tier: string): string =>
  `(case ${tier} when 'school' then (select m.moved_at from movement m where m.org_path = ${path})
      when 'county' then (select max(m.moved_at) from movement m where m.parent = ${path}) end)`;

const dueOn = (path: string): string =>
  `(select c.due_on::text from campaign c where starts_with(${path}, c.org_path) order by length(c.org_path) desc limit 1)`;

const share = (n: string): string => `coalesce(round(${n}::numeric / nullif(head, 0), 6), -1)`;

const rankedBy: Readonly<Record<RankKey, string>> = {
  code: '0',
  headCount: 'coalesce(head, -1)',
  registered: share('registered'),
  entered: share('entered'),
  complete: share('complete'),
  schoolReviewed: share('school_reviewed'),
  submitted: share('submitted'),
  effective: share('effective'),
  teacher: 'teacher',
  school: '(school + greatest(0, coalesce(head, 0) - registered))',
  authority: 'authority',
  returned: 'returned',
  moved: `coalesce(extract(epoch from ${moved('counted.org_path', 'counted.tier')}), 0)`,
};

const submittedAll = 'submitted >= greatest(coalesce(head, 0), registered)';

/** 工作方案 五(四): which organisations a preset means. `$4` the moment since which nothing moved, `$5` today in China. */
const presets: Readonly<Record<ProgressPreset, string>> = {
  'not-started': 'entered = 0 and greatest(coalesce(head, 0), registered, schools) > 0',
  idle: `not (${submittedAll}) and coalesce(${moved('counted.org_path', 'counted.tier')}, '-infinity') < $4::timestamptz`,
  overdue: `${dueOn('counted.org_path')} < $5::text and not (${submittedAll})`,
  done: 'head > 0 and effective >= head',
  undeclared: 'declared < schools',
  unconfirmed: 'confirmed < declared',
};

const keyOf = (sort: RankSort): { key: RankKey; down: boolean } =>
  sort.startsWith('-') ? { key: sort.slice(1) as RankKey, down: true } : { key: sort as RankKey, down: false };

/**
 * One page of a ranking. `$1` code of the organisation above, `$2` and `$3` where the page before ended (rank, code), `$4` the moment of the
 * presets, `$5` today in China, `$6` how many. The roll-up is read once, by parent or by range. One row without a `code` says that nothing is
 * ranked; no row, that there is no such organisation in scope.
 */
export function rankingQuery({ level, sort, preset }: RankingTerms): string {
  const { key, down } = keyOf(sort);
  const [order, beyond] = down ? ['desc', '<'] : ['asc', '>'];
  const low = `(select org_path from above)`;
  const high = `(select rtrim(org_path, '.') || '/' from above)`;
  const [join, asked] =
    level === 'children'
      ? [`r.parent = ${low}`, `o.parent_code = $1`]
      : [
          `r.org_path >= ${low} and r.org_path < ${high}`,
          `o.tier = 'school' and o.org_path >= ${low} and o.org_path < ${high}`,
        ];
  // by code nothing has to be counted but what is on the page
  const plain = key === 'code' && !preset;
  const lines = plain
    ? `select o.code, o.name, o.tier, o.category, o.org_path from organisation o where ${asked}`
    : `${counted} from organisation o left join rollup r on r.org_path = o.org_path and ${join} where ${asked} group by o.code`;
  return `
  with above as materialized (select org_path from organisation where code = $1),
  counted as (${lines}),
  ranked as (
    select code, name, tier, category, org_path, (${rankedBy[key]})::numeric as rank, count(*) over ()::int as of
    from counted where ${preset ? presets[preset] : 'true'} and ($4::timestamptz is not null and $5::text is not null)),
  page as (
    select * from ranked where $2::numeric is null or (rank, code) ${beyond} ($2::numeric, $3::text) order by rank ${order}, code ${order} limit $6)
  select p.code, p.name, p.tier, p.category, p.rank::text, p.of, ${moved('p.org_path', 'p.tier')} as moved_at, ${dueOn('p.org_path')} as due_on,
    (select json_object_agg(measure, n) from
      (select measure, sum(n) as n from rollup r where r.org_path = p.org_path group by measure) m) as counts
  from above left join page p on true order by p.rank ${order}, p.code ${order}`;
}
