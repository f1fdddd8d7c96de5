import {
  catalogueVersion,
  codedFacts,
  derived,
  type Category,
  type RecordRow,
  type SectionKey,
  type TeacherRecord,
} from '@shidang/catalogue';
import { recordEffective, type Actor } from '@shidang/contracts';
import { tellEach, type Sql, type SqlEntityManager, type Vault } from '@shidang/persistence';
import type { EffectiveContent, EffectiveEntry } from '../entry/effective-content';
import { identityOf } from '../teacher/record-state';
import type { Teacher } from '../teacher/teacher.entity';
import { openValues } from '../value/sealed-values';
import type { Submission } from './submission.entity';

interface At {
  em: SqlEntityManager;
  sql: Sql;
  vault: Vault;
}

export interface Effect {
  teacher: Teacher;
  submission: Submission;
  actor: Actor | undefined;
}

/** Whose submitted rows still are as they were frozen: the lock sees to it; a misfit is a conflict, never a half effect. */
export async function submissionsThatFit(sql: Sql, submissions: readonly Submission[]): Promise<ReadonlySet<string>> {
  const rows = submissions.flatMap(({ id: submission, content }) =>
    content.entries.map(({ id, version }) => ({ submission, id, version })),
  );
  const found = await sql<{ submission: string; n: number }>(
    `select c.submission, count(*)::int as n from jsonb_to_recordset($1::jsonb) as c(submission uuid, id uuid, version int)
     join entry e on e.id = c.id and e.version = c.version and not e.removed group by c.submission`,
    [JSON.stringify(rows)],
    'rows-fit',
  );
  const counted = new Map(found.map(({ submission, n }) => [submission, n]));
  const fit = submissions.filter(({ id, content }) => (counted.get(id) ?? 0) === content.entries.length);
  return new Set(fit.map(({ id }) => id));
}

/** Rows of first collections and additions become what is effective, under the version their teacher has taken. */
export async function effectRows(sql: Sql, effects: readonly Omit<Effect, 'actor'>[]): Promise<void> {
  const rows = effects.flatMap(({ teacher, submission }) =>
    submission.content.entries.map(({ id, version }) => ({ id, version, effective: teacher.effectiveVersion })),
  );
  if (rows.length === 0) return;
  await sql(
    `update entry e set effective = e."values", effective_version = c.effective, effective_entry_version = e.version
     from jsonb_to_recordset($1::jsonb) as c(id uuid, version int, effective int) where e.id = c.id and e.version = c.version`,
    [JSON.stringify(rows)],
    'effect-rows',
  );
}

/** Keeps each whole record as it is effective from now on, and tells the coded facts statistics need. */
export async function keepEffective({ em, sql, vault }: At, effects: readonly Effect[]): Promise<void> {
  if (effects.length === 0) return;
  const entriesOf = await effectiveRows(
    sql,
    effects.map(({ teacher }) => teacher.id),
  );
  const kept = effects.map((effect) => {
    const entries = entriesOf.get(effect.teacher.id) ?? [];
    return { ...effect, entries, record: recordOf(vault, effect.teacher, entries) };
  });
  await sql(
    `insert into effective_version (teacher_id, version, org_path, submission_id, kind, content, catalogue_version, effective_from)
     select teacher_id, version, org_path, submission_id, kind, content, $2, now()
     from jsonb_populate_recordset(null::effective_version, $1::jsonb)`,
    [
      JSON.stringify(
        kept.map(({ teacher, submission, entries, record }) => ({
          teacher_id: teacher.id,
          version: teacher.effectiveVersion,
          org_path: teacher.orgPath,
          submission_id: submission.id,
          kind: submission.kind,
          content: contentOf(teacher, teacher.category, entries, record),
        })),
      ),
      catalogueVersion,
    ],
    'effective-keep',
  );
  await tellEach(
    em,
    recordEffective,
    kept.map(({ teacher, submission, actor, record }) => ({
      fact: {
        orgPath: teacher.orgPath,
        actor,
        teacherId: teacher.id,
        submissionId: submission.id,
        kind: submission.kind,
        effectiveVersion: teacher.effectiveVersion,
        version: teacher.version,
        formalCode: teacher.codeForm !== 'L',
        facts: factsOf(teacher, record),
      },
      aggregateId: teacher.id,
    })),
  );
}

async function effectiveRows(sql: Sql, teacherIds: readonly string[]): Promise<Map<string, EffectiveEntry[]>> {
  const rows = await sql<EffectiveEntry & { teacher_id: string }>(
    `select teacher_id, id, section, effective_entry_version as version, effective as "values" from entry
     where teacher_id = any($1::uuid[]) and effective is not null and not removed order by id`,
    [teacherIds],
    'effective-rows',
  );
  const byTeacher = new Map<string, EffectiveEntry[]>();
  for (const { teacher_id, ...entry } of rows) byTeacher.set(teacher_id, [...(byTeacher.get(teacher_id) ?? []), entry]);
  return byTeacher;
}

/** `basic.birthMonth` beside the catalogue's coded indicators: age bands without a birth date. */
function factsOf(teacher: Teacher, record: TeacherRecord): Record<string, string | string[]> {
  const coded = Object.entries(codedFacts(record, teacher.category)).map(([key, codes]) => [
    key,
    typeof codes === 'string' ? codes : [...codes],
  ]);
  return { ...Object.fromEntries(coded), 'basic.birthMonth': teacher.birthDate.slice(0, 7) };
}

function recordOf(vault: Vault, teacher: Teacher, entries: readonly EffectiveEntry[]): TeacherRecord {
  const record: Partial<Record<SectionKey, RecordRow[]>> = {};
  const identity = identityOf({ identity: { ...teacher } }, teacher.docMasked);
  for (const { id, section, values } of entries) {
    const opened = openValues(vault, id, values);
    (record[section] ??= []).push({ id, values: section === 'basic' ? { ...opened, ...identity } : opened });
  }
  return record;
}

const contentOf = (
  teacher: Teacher,
  category: Category,
  entries: EffectiveEntry[],
  record: TeacherRecord,
): EffectiveContent => ({
  category,
  identity: {
    name: teacher.name,
    sex: teacher.sex,
    birthDate: teacher.birthDate,
    docType: teacher.docType,
    docMasked: teacher.docMasked,
    docBlind: teacher.docBlind,
  },
  derived: derived(record, category),
  entries,
});
