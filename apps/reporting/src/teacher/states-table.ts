import type { Sql } from '@shidang/persistence';
import { codeOfPath } from '@shidang/access';
import { isoOf } from '../moment';
import { parentOf, type Tally } from '../rollup/tally';
import { unknownTeacher, type TeacherState } from './teacher-state';

const columns = {
  teacherId: 'teacher_id',
  orgPath: 'org_path',
  category: 'category',
  stage: 'stage',
  recordVersion: 'record_version',
  caseId: 'case_id',
  caseStage: 'case_stage',
  caseVersion: 'case_version',
  effectiveVersion: 'effective_version',
  formalCode: 'formal_code',
  status: 'status',
  movedAt: 'moved_at',
  sex: 'sex',
  birthMonth: 'birth_month',
  highestEducation: 'highest_education',
  highestDegree: 'highest_degree',
  proTitle: 'pro_title',
  postCategory: 'post_category',
  postLevel: 'post_level',
  onEstablishment: 'on_establishment',
  ethnicity: 'ethnicity',
  backbone: 'backbone',
  teachingStatus: 'teaching_status',
  political: 'political',
  teachingStages: 'teaching_stages',
  courses: 'courses',
  qualifications: 'qualifications',
  facts: 'facts',
} as const satisfies Record<keyof TeacherState, string>;

export const columnOf = (property: keyof TeacherState): string => columns[property];

const written = Object.values(columns).filter((column) => column !== 'teacher_id');
const selected = Object.entries(columns).map(([property, column]) => `${column} as "${property}"`);

/**
 * The states of these teachers, locked in the order of their ids: both consumers that write them come in the same
 * order. Unknown ones get an empty row first, so that two consumers cannot make one each.
 */
export async function lockStates(sql: Sql, teacherIds: readonly string[]): Promise<Map<string, TeacherState>> {
  const ids = [...new Set(teacherIds)].sort();
  await sql(
    `insert into teacher_state (teacher_id) select unnest($1::uuid[]) on conflict do nothing`,
    [ids],
    'new-states',
  );
  const rows = await sql<TeacherState>(
    `select ${selected.join(', ')} from teacher_state where teacher_id = any($1::uuid[]) order by teacher_id for update`,
    [ids],
    'lock-states',
  );
  return new Map(
    rows.map((row) => [
      row.teacherId,
      row.orgPath === '' ? unknownTeacher(row.teacherId) : { ...row, movedAt: isoOf(row.movedAt) },
    ]),
  );
}

/** Writes the states that are not what they were and counts their way from one figure to another. */
export async function saveStates(
  sql: Sql,
  before: ReadonlyMap<string, TeacherState>,
  after: ReadonlyMap<string, TeacherState>,
  tally: Tally,
): Promise<void> {
  const different = [...after.values()].filter((state) => before.get(state.teacherId) !== state);
  if (different.length === 0) return;
  for (const state of different) countMove(tally, before.get(state.teacherId), state);
  const rows = different.map((state) =>
    Object.fromEntries(
      Object.entries(columns).map(([property, column]) => [column, state[property as keyof TeacherState]]),
    ),
  );
  await sql(
    `update teacher_state t set ${written.map((column) => `${column} = n.${column}`).join(', ')}
     from jsonb_populate_recordset(null::teacher_state, $1::jsonb) n where t.teacher_id = n.teacher_id`,
    [JSON.stringify(rows)],
    'save-states',
  );
  await keepMovements(sql, different);
}

/** The latest movement of each school, in the order of their paths, so that two writers cannot wait for each other in a circle. */
async function keepMovements(sql: Sql, moved: readonly TeacherState[]): Promise<void> {
  const latest = new Map<string, string>();
  for (const { orgPath, movedAt } of moved)
    if (orgPath !== '' && movedAt > (latest.get(orgPath) ?? '')) latest.set(orgPath, movedAt);
  const paths = [...latest.keys()].sort();
  if (paths.length === 0) return;
  await sql(
    `insert into movement (org_path, parent, moved_at) select * from unnest($1::text[], $2::text[], $3::timestamptz[])
     on conflict (org_path) do update set moved_at = greatest(movement.moved_at, excluded.moved_at)`,
    [paths, paths.map(parentOf), paths.map((path) => latest.get(path))],
    'keep-movements',
  );
}

function countMove(tally: Tally, from: TeacherState | undefined, to: TeacherState): void {
  if (from && from.orgPath !== '') tally.add(from.orgPath, `status:${from.status}`, from.category, -1);
  if (to.orgPath !== '') tally.add(to.orgPath, `status:${to.status}`, to.category, 1);
}

/** Facts told before an organisation moved name its old path; the code leads to where it is now, and stays until the commit. */
export async function currentPaths(sql: Sql, told: readonly string[]): Promise<(path: string) => string> {
  const codes = [...new Set(told)].map(codeOfPath);
  const rows = await sql<{ code: string; org_path: string }>(
    `select code, org_path from organisation where code = any($1) order by code for share`,
    [codes],
    'current-paths',
  );
  const known = new Map(rows.map((row) => [row.code, row.org_path]));
  return (path) => known.get(codeOfPath(path)) ?? path;
}
