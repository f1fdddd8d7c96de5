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

/** What a fact does to the state of one teacher. */
export type Move = readonly [teacherId: string, step: (state: TeacherState) => TeacherState];

/**
 * Moves states and counts their way from one figure to another. Teachers nobody knew are written as they are in the end; whom another
 * consumer makes at this moment is waited for and moved on from there. Rows are taken in the order of their ids, so that both consumers
 * that write them come in the same order.
 */
export async function moveStates(sql: Sql, moves: readonly Move[], tally: Tally): Promise<void> {
  const steps = new Map<string, Move[1][]>();
  for (const [teacherId, step] of moves) steps.set(teacherId, [...(steps.get(teacherId) ?? []), step]);
  const after = (state: TeacherState) => steps.get(state.teacherId)!.reduce((now, step) => step(now), state);
  const ids = [...steps.keys()].sort();
  const before = await lockStates(sql, ids);
  const unknown = ids.filter((id) => !before.has(id)).map(unknownTeacher);
  const made = unknown.map((state) => ({ from: state, to: after(state) })).filter(isMove);
  const inserted = await insertStates(
    sql,
    made.map(({ to }) => to),
  );
  const met = made.map(({ to }) => to.teacherId).filter((id) => !inserted.has(id));
  const known = [...before.values(), ...(await lockStates(sql, met)).values()];
  const moved = known.map((state) => ({ from: state, to: after(state) })).filter(isMove);
  await updateStates(
    sql,
    moved.map(({ to }) => to),
  );
  const all = [...made.filter(({ to }) => inserted.has(to.teacherId)), ...moved];
  for (const { from, to } of all) countMove(tally, from, to);
  await keepMovements(
    sql,
    all.map(({ to }) => to),
  );
}

const isMove = ({ from, to }: { from: TeacherState; to: TeacherState }): boolean => from !== to;

/** Of those that are there, locked until the commit. */
async function lockStates(sql: Sql, ids: readonly string[]): Promise<Map<string, TeacherState>> {
  if (ids.length === 0) return new Map();
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

const rowOf = (state: TeacherState) =>
  Object.fromEntries(
    Object.entries(columns).map(([property, column]) => [column, state[property as keyof TeacherState]]),
  );

/** Answers which were not there. */
async function insertStates(sql: Sql, states: readonly TeacherState[]): Promise<ReadonlySet<string>> {
  if (states.length === 0) return new Set();
  const list = Object.values(columns).join(', ');
  const rows = await sql<{ teacher_id: string }>(
    `insert into teacher_state (${list}) select ${list} from jsonb_populate_recordset(null::teacher_state, $1::jsonb) order by teacher_id
     on conflict do nothing returning teacher_id`,
    [JSON.stringify(states.map(rowOf))],
    'new-states',
  );
  return new Set(rows.map((row) => row.teacher_id));
}

async function updateStates(sql: Sql, states: readonly TeacherState[]): Promise<void> {
  if (states.length === 0) return;
  await sql(
    `update teacher_state t set ${written.map((column) => `${column} = n.${column}`).join(', ')}
     from jsonb_populate_recordset(null::teacher_state, $1::jsonb) n where t.teacher_id = n.teacher_id`,
    [JSON.stringify(states.map(rowOf))],
    'save-states',
  );
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

function countMove(tally: Tally, from: TeacherState, to: TeacherState): void {
  if (from.orgPath !== '') tally.add(from.orgPath, `status:${from.status}`, from.category, -1);
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
