import { parentPath, rangeOf } from '@shidang/access';
import { progressStatuses, reportingRefusals, type BacklogPlace, type Turn } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { measured, type OrganisationRow } from '../organisation/measured-organisation';
import { progressOf, type Counts } from '../progress/organisation-progress';
import { turnOf } from '../teacher/progress-status';

const mostSchools = 2_000;
const mostTeachers = 5_000;
/** With the teachers some 800 kB: the bus carries 1 MB. */
const mostPlaces = 2_000;

type Counted = OrganisationRow & { counts: Counts | null };

const countsOf = `(select json_object_agg(measure, n) from
  (select measure, sum(n) as n from rollup r where r.org_path = o.org_path group by measure) m) as counts`;

const waiting = (row: Counted, turn: Turn): number =>
  progressOf(measured(row), row.counts ?? {}).turns.find((each) => each.turn === turn)?.n ?? 0;

export const statusesOfTurn = (turn: Turn) => progressStatuses.filter((status) => turnOf[status] === turn);

const mostFirst = (one: BacklogPlace, other: BacklogPlace) =>
  other.n - one.n || (one.orgPath < other.orgPath ? -1 : one.orgPath > other.orgPath ? 1 : 0);

/** What waits in each of the organisations as a whole. */
export async function placesOfWholes(sql: Sql, codes: readonly string[], asked: readonly Turn[]) {
  const rows = await sql<Counted>(
    `select o.code, o.name, o.tier, o.category, o.org_path, ${countsOf} from organisation o where o.code = any($1)`,
    [codes],
    'backlog-wholes',
  );
  return rows
    .flatMap((row) => asked.map((turn) => placeOf(row, turn, waiting(row, turn))))
    .filter(({ n }) => n > 0)
    .sort(mostFirst);
}

/** What waits at whoever has to act: the school itself, its teachers, or the authority right above it. */
export async function placesOfActors(sql: Sql, paths: readonly string[], asked: readonly Turn[]) {
  const schools = await schoolsBelow(sql, paths);
  const atSchools = schools.flatMap((row) =>
    asked.filter((turn) => turn !== 'authority').map((turn) => placeOf(row, turn, waiting(row, turn))),
  );
  const atAuthorities = asked.includes('authority') ? await authoritiesOf(sql, schools) : [];
  const places = [...atSchools, ...atAuthorities].filter(({ n }) => n > 0).sort(mostFirst);
  if (places.length > mostPlaces)
    throw reportingRefusals.backlogTooLarge({ most: Math.floor(mostPlaces / asked.length) });
  return withTeachers(sql, places);
}

const placeOf = (row: OrganisationRow, turn: Turn, n: number): BacklogPlace => ({
  organisation: measured(row),
  orgPath: row.org_path,
  turn,
  n,
});

async function schoolsBelow(sql: Sql, paths: readonly string[]): Promise<Counted[]> {
  const ranges = paths.map(rangeOf);
  const rows = await sql<Counted>(
    `select o.code, o.name, o.tier, o.category, o.org_path, ${countsOf}
     from (select distinct o.* from unnest($1::text[], $2::text[]) range (low, high)
           join organisation o on o.org_path >= range.low and o.org_path < range.high and o.tier = 'school' limit ${mostSchools + 1}) o`,
    [ranges.map(({ low }) => low), ranges.map(({ high }) => high)],
    'backlog-schools',
  );
  if (rows.length > mostSchools) throw reportingRefusals.backlogTooLarge({ most: mostSchools });
  return rows;
}

/** The authority above may stand outside the caller's range; then it is not his to urge. */
async function authoritiesOf(sql: Sql, schools: readonly Counted[]): Promise<BacklogPlace[]> {
  const sums = new Map<string, number>();
  for (const row of schools) {
    const above = parentPath(row.org_path) ?? '';
    sums.set(above, (sums.get(above) ?? 0) + waiting(row, 'authority'));
  }
  const rows = await sql<OrganisationRow>(
    `select code, name, tier, category, org_path from organisation where org_path = any($1)`,
    [[...sums.keys()]],
    'backlog-authorities',
  );
  return rows.map((row) => placeOf(row, 'authority', sums.get(row.org_path) ?? 0));
}

async function withTeachers(sql: Sql, places: BacklogPlace[]): Promise<BacklogPlace[]> {
  const schools = places.filter(({ turn }) => turn === 'teacher').map(({ orgPath }) => orgPath);
  if (schools.length === 0) return places;
  const rows = await sql<{ org_path: string; ids: string[]; n: number }>(
    `select org_path, array_agg(teacher_id::text) as ids, sum(count(*)) over ()::int as n
     from teacher_state where org_path = any($1) and status = any($2) group by org_path`,
    [schools, statusesOfTurn('teacher')],
    'backlog-teachers',
  );
  if ((rows[0]?.n ?? 0) > mostTeachers) throw reportingRefusals.backlogTooLarge({ most: mostTeachers });
  const ids = new Map(rows.map((row) => [row.org_path, row.ids]));
  return places.map((place) =>
    place.turn === 'teacher' ? { ...place, teacherIds: ids.get(place.orgPath) ?? [] } : place,
  );
}
