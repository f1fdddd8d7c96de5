import { completeness } from '@shidang/catalogue';
import type { ImportUndone } from '@shidang/contracts';
import { auditEach, audited, newId, type Sql } from '@shidang/persistence';
import type { Caller } from '@shidang/access';
import { recordAfter } from '../judging/judge-person';
import type { TeacherOnFile } from '../judging/on-file';
import { loadTeachers } from '../load-people';
import { hasErrors, tellImported, updateTeachers, type Moved } from '../write-people';
import type { ImportJob } from './import-job';

/** Teachers whose stage is found anew together. */
const teachersAtOnce = 25;

/**
 * Takes back what the import wrote, in one transaction: a new row goes, a changed row gets its former values, where nobody has
 * written since. What was submitted, is in review or effective stays and is counted (ADR 0075). History keeps both.
 */
export async function undoRows(job: ImportJob): Promise<void> {
  const { row } = job;
  const caller = await job.renewed();
  await job.held((sql) => job.reach(sql, 0));
  await job.asCaller(caller, async (em, sql) => {
    const open = await lockedTeachers(sql, row.id);
    const undone = await undoEntries(sql, row.id, [...open.keys()], caller);
    for (let at = 0; at < undone.teachers.length; at += teachersAtOnce) {
      const moved = await movedBack(job, sql, undone.teachers.slice(at, at + teachersAtOnce));
      await updateTeachers(sql, moved);
      await tellImported(em, caller, row.id, moved);
      // seen from outside although nothing is taken back before all is: a job begun anew begins at nought
      const { length: total } = undone.teachers;
      await job.held((beside) => job.reach(beside, Math.min(at + teachersAtOnce, total), total));
    }
    await auditEach(
      sql,
      caller,
      `import:${row.id}`,
      undone.teachers.map((id) => ({
        concerns: `teacher:${id}`,
        orgPath: open.get(id)!,
        fields: undone.fields.get(id)!,
      })),
    );
    await job.hold(sql);
    const { removed, restored, kept } = undone;
    const told: ImportUndone = {
      removed,
      restored,
      kept,
      teachersUndone: undone.teachers.length,
      undoneAt: new Date().toISOString(),
    };
    await sql(`update import set state = 'undone', undone = $2, lease_until = null where id = $1`, [
      row.id,
      JSON.stringify(told),
    ]);
    audited(em, { object: `import:${row.id}`, after: told });
  });
}

/** Locks the teachers written to; those whose record is in nobody's hands but the school's, each with where they are. */
async function lockedTeachers(sql: Sql, importId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; org_path: string; open: boolean }>(
    `select t.id, t.org_path, t.locked_by is null and t.open_marks is null and t.stage <> 'left' as open
     from teacher t where t.id in (select teacher_id from import_touched where import_id = $1) order by t.id for update`,
    [importId],
  );
  return new Map(rows.filter((each) => each.open).map((each) => [each.id, each.org_path]));
}

interface Undone {
  removed: number;
  restored: number;
  kept: number;
  teachers: string[];
  /** Which values went back, by teacher. */
  fields: ReadonlyMap<string, string[]>;
}

interface Written {
  entry_id: string;
  teacher_id: string;
  section: string;
  version: number;
  changed_keys: string[];
  free: boolean;
}

async function undoEntries(sql: Sql, importId: string, open: readonly string[], caller: Caller): Promise<Undone> {
  const written = await sql<Written>(
    `select v.entry_id, v.teacher_id, v.section, v.version, v.changed_keys,
       v.teacher_id = any($2::uuid[]) and e.version = v.version and not e.removed and e.effective is null as free
     from entry_version v join entry e on e.id = v.entry_id
     where v.teacher_id in (select teacher_id from import_touched where import_id = $1) and v.via->>'importId' = $1::text
       and not coalesce((v.via->>'undone')::boolean, false)`,
    [importId, open],
  );
  const free = written.filter((each) => each.free);
  if (free.length > 0) await takeBack(sql, importId, free, caller);
  const removed = free.filter((each) => each.version === 1).length;
  return {
    removed,
    restored: free.length - removed,
    kept: written.length - free.length,
    teachers: [...new Set(free.map((each) => each.teacher_id))].sort(),
    fields: fieldsOf(free),
  };
}

function fieldsOf(written: readonly Written[]): Map<string, string[]> {
  const fields = new Map<string, Set<string>>();
  for (const { teacher_id: id, section, changed_keys: keys } of written) {
    const known = fields.get(id) ?? new Set();
    for (const key of keys) known.add(`${section}.${key}`);
    fields.set(id, known);
  }
  return new Map([...fields].map(([id, known]) => [id, [...known]]));
}

/**
 * The version before becomes the newest one again; a row that had none is removed. The empty row a teacher begins with has no version of its own.
 * Seals are bound to the row, so they move as they are. */
async function takeBack(sql: Sql, importId: string, free: readonly Written[], caller: Caller): Promise<void> {
  await sql(
    `with u as materialized (
       select v.entry_id, v.teacher_id, v.org_path, v.section, v.version, v.changed_keys, v.catalogue_version,
         v.version = 1 as is_new, coalesce(before."values", v."values" - v.changed_keys) as content, w.id as version_id
       from unnest($1::uuid[], $2::uuid[]) as w (entry_id, id)
       join entry e on e.id = w.entry_id
       join entry_version v on v.entry_id = w.entry_id and v.version = e.version
       left join entry_version before on before.entry_id = v.entry_id and before.version = v.version - 1
     ), back as (
       update entry e set removed = u.is_new, "values" = u.content, version = u.version + 1, updated_at = now() from u where e.id = u.entry_id
     )
     insert into entry_version (id, entry_id, teacher_id, org_path, section, version, "values", changed_keys, removed, catalogue_version, via,
       account_id, person_id, role)
     select version_id, entry_id, teacher_id, org_path, section, version + 1, content, changed_keys, is_new, catalogue_version, $3, $4, $5, $6 from u`,
    [
      free.map((each) => each.entry_id),
      free.map(() => newId()),
      JSON.stringify({ kind: 'import', importId, undone: true }),
      caller.accountId,
      caller.personId,
      caller.role,
    ],
  );
}

async function movedBack({ vault, row }: ImportJob, sql: Sql, teacherIds: readonly string[]): Promise<Moved[]> {
  const teachers = await loadTeachers(sql, vault, teacherIds);
  const filled = await sql<{ teacher_id: string }>(
    `select distinct v.teacher_id from entry_version v where v.teacher_id = any($1::uuid[])
       and v.via->>'importId' is distinct from $2::text and (v.version > 1 or v.section not in ('basic', 'contact'))`,
    [teacherIds, row.id],
  );
  const byOthers = new Set(filled.map((each) => each.teacher_id));
  return teachers.map((teacher) => ({
    teacher,
    stage: stageOf(teacher, byOthers.has(teacher.id)),
    version: teacher.version + 1,
  }));
}

function stageOf(teacher: TeacherOnFile, isFilledByOthers: boolean): Moved['stage'] {
  const { stage } = teacher.state;
  if (stage === 'effective' || stage === 'left') return stage;
  if (!isFilledByOthers && teacher.entries.every((each) => each.section === 'basic' || each.section === 'contact'))
    return 'not-started';
  const record = recordAfter(teacher, []);
  const isComplete = completeness(record, teacher.category).complete && !hasErrors(record, teacher, new Set());
  return isComplete ? 'complete' : 'draft';
}
