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
import { tell, type Sql, type SqlEntityManager, type Vault } from '@shidang/persistence';
import type { EffectiveContent, EffectiveEntry } from '../entry/effective-content';
import { identityOf } from '../teacher/record-state';
import type { Teacher } from '../teacher/teacher.entity';
import { openValues } from '../value/sealed-values';
import type { Submission } from './submission.entity';

interface Effect {
  em: SqlEntityManager;
  sql: Sql;
  vault: Vault;
  teacher: Teacher;
  submission: Submission;
  actor: Actor | undefined;
}

const frozenRows = (submission: Submission): string =>
  JSON.stringify(submission.content.entries.map(({ id, version }) => ({ id, version })));

/** Are the submitted rows still as they were frozen? The lock sees to it; a misfit is a conflict, never a half effect. */
export async function rowsFit(sql: Sql, submission: Submission): Promise<boolean> {
  const [row] = await sql<{ n: number }>(
    `select count(*)::int as n from jsonb_to_recordset($1::jsonb) as c(id uuid, version int)
     join entry e on e.id = c.id and e.version = c.version and not e.removed`,
    [frozenRows(submission)],
    'rows-fit',
  );
  return row?.n === submission.content.entries.length;
}

/** Rows of a first collection or an addition become what is effective. */
export async function effectRows(sql: Sql, submission: Submission, effectiveVersion: number): Promise<void> {
  await sql(
    `update entry e set effective = e."values", effective_version = $2, effective_entry_version = e.version
     from jsonb_to_recordset($1::jsonb) as c(id uuid, version int) where e.id = c.id and e.version = c.version`,
    [frozenRows(submission), effectiveVersion],
    'effect-rows',
  );
}

/** Keeps the whole record as it is effective from now on, and tells the coded facts statistics need. */
export async function keepEffective({ em, sql, vault, teacher, submission, actor }: Effect): Promise<void> {
  const entries = await sql<EffectiveEntry>(
    `select id, section, effective_entry_version as version, effective as "values" from entry
     where teacher_id = $1 and effective is not null and not removed order by id`,
    [teacher.id],
    'effective-rows',
  );
  const record = recordOf(vault, teacher, entries);
  const content = contentOf(teacher, teacher.category, entries, record);
  await sql(
    `insert into effective_version (teacher_id, version, org_path, submission_id, kind, content, catalogue_version, effective_from)
     values ($1, $2, $3, $4, $5, $6, $7, now())`,
    [
      teacher.id,
      teacher.effectiveVersion,
      teacher.orgPath,
      submission.id,
      submission.kind,
      JSON.stringify(content),
      catalogueVersion,
    ],
    'effective-keep',
  );
  await tell(
    em,
    recordEffective,
    {
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
    teacher.id,
  );
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
