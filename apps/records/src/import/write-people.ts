import type { Caller } from '@shidang/access';
import {
  catalogueVersion,
  completeness,
  recordViolations,
  rowViolations,
  sections,
  type TeacherRecord,
  type Violation,
} from '@shidang/catalogue';
import { teachersImported, type RecordStage } from '@shidang/contracts';
import { auditEach, newId, tell, type Sql, type Vault } from '@shidang/persistence';
import type { Via } from '../entry/entry-row';
import { sealValues, withChanges, type StoredValues } from '../value/sealed-values';
import { today } from '../value/today';
import { recordAfter, type PersonJudgement, type RowWrite } from './judging/judge-person';
import type { TeacherOnFile } from './judging/on-file';
import { columnLetter } from './workbook/cell-value';

type Transaction = Parameters<typeof tell>[0];

export interface JudgedPerson {
  readonly person: PersonJudgement;
  readonly teacher: TeacherOnFile;
}

interface StoredWrite {
  id: string;
  teacher: TeacherOnFile;
  write: RowWrite;
  stored: StoredValues;
  version: number;
  via: Via;
}

/**
 * Writes the good rows of a batch: a few statements, however many rows. Whoever calls holds the teachers' rows locked, so versions
 * cannot have moved since they were read.
 */
export async function writePeople(
  em: Transaction,
  sql: Sql,
  vault: Vault,
  caller: Caller,
  importId: string,
  people: readonly JudgedPerson[],
): Promise<void> {
  const writes = people.flatMap(({ person, teacher }) =>
    person.writes.map((write) => storedWrite(vault, importId, teacher, write)),
  );
  if (writes.length === 0) return;
  await writeRows(sql, writes, caller);
  const moved = people.filter(({ person }) => person.writes.length > 0).map(moveOn);
  await updateTeachers(sql, moved);
  await keepTouched(sql, importId, moved);
  await auditEach(sql, caller, `import:${importId}`, people.flatMap(touchedIn));
  await tellImported(em, caller, importId, moved);
}

/** Which values of whose record the sheet wrote. */
const touchedIn = ({ person, teacher }: JudgedPerson) =>
  person.writes.length === 0
    ? []
    : {
        concerns: `teacher:${teacher.id}`,
        orgPath: teacher.orgPath,
        fields: [
          ...new Set(
            person.writes.flatMap(({ section, changes }) => Object.keys(changes).map((key) => `${section}.${key}`)),
          ),
        ],
      };

function storedWrite(vault: Vault, importId: string, teacher: TeacherOnFile, write: RowWrite): StoredWrite {
  const { entry, section, sheet, row, columns, mended } = write;
  const id = entry?.id ?? newId();
  const stored = entry
    ? withChanges(vault, section, id, entry.stored, write.changes)
    : sealValues(vault, section, id, write.values);
  const cells = Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [key, `${columnLetter(column)}${row}`]),
  );
  const isMended = Object.keys(mended).length > 0;
  const via: Via = { kind: 'import', importId, sheet, row, cells, ...(isMended && { mended }) };
  return { id, teacher, write, stored, version: (entry?.version ?? 0) + 1, via };
}

/** New rows, changed rows and a version of each in one statement; the content travels and is read once. */
async function writeRows(sql: Sql, writes: readonly StoredWrite[], caller: Caller): Promise<void> {
  const rows = writes.map(({ id, teacher, write, stored, version, via }) => ({
    id,
    version_id: newId(),
    is_new: !write.entry,
    teacher_id: teacher.id,
    org_path: teacher.orgPath,
    section: write.section,
    natural_key: write.naturalKey,
    content: stored,
    version,
    changed_keys: Object.keys(write.changes),
    via,
  }));
  await sql(
    `with u as materialized (
       select * from jsonb_to_recordset($1::jsonb) as u (id uuid, version_id uuid, is_new boolean, teacher_id uuid, org_path text,
         section text, natural_key text, content jsonb, version int, changed_keys text[], via jsonb)
     ), added as (
       insert into entry (id, teacher_id, org_path, section, natural_key, "values", catalogue_version)
       select id, teacher_id, org_path, section, natural_key, content, $2 from u where is_new
     ), changed as (
       update entry e set "values" = u.content, natural_key = u.natural_key, version = u.version, catalogue_version = $2, updated_at = now()
       from u where e.id = u.id and not u.is_new
     )
     insert into entry_version (id, entry_id, teacher_id, org_path, section, version, "values", changed_keys, catalogue_version, via,
       account_id, person_id, role)
     select version_id, id, teacher_id, org_path, section, version, content, changed_keys, $2, via, $3, $4, $5 from u`,
    [JSON.stringify(rows), catalogueVersion, caller.accountId, caller.personId, caller.role],
    'import-rows',
  );
}

export interface Moved {
  teacher: TeacherOnFile;
  stage: RecordStage;
  version: number;
}

/** How far the record is after its rows were written; being effective or having left is not for filling to change. */
function moveOn({ person, teacher }: JudgedPerson): Moved {
  const { stage } = teacher.state;
  const version = teacher.version + 1;
  if (stage === 'effective' || stage === 'left') return { teacher, stage, version };
  const rows = person.writes.map((write, index) => ({ ...write, id: `new:${index}` }));
  const record = recordAfter(teacher, rows);
  const isComplete =
    completeness(record, teacher.category).complete && !hasErrors(record, teacher, new Set(rows.map((row) => row.id)));
  return { teacher, stage: isComplete ? 'complete' : 'draft', version };
}

/** Rows just written were judged as rows; what lay on file before, and rows beside each other, were not. */
export function hasErrors(record: TeacherRecord, { category }: TeacherOnFile, judged: ReadonlySet<string>): boolean {
  const context = { today: today() };
  const isError = ({ severity }: Violation) => severity === 'error';
  for (const section of sections) {
    for (const row of record[section.key] ?? []) {
      if (!judged.has(row.id ?? '') && rowViolations(section, row.values, category, context).some(isError)) return true;
    }
  }
  return recordViolations(record, category, context).some(isError);
}

export async function updateTeachers(sql: Sql, moved: readonly Moved[]): Promise<void> {
  await sql(
    `update teacher t set stage = u.stage, version = u.version, updated_at = now()
     from unnest($1::uuid[], $2::text[], $3::int[]) as u (id, stage, version) where t.id = u.id`,
    [moved.map((each) => each.teacher.id), moved.map((each) => each.stage), moved.map((each) => each.version)],
  );
}

/** Whose records the import wrote to: what taking it back begins with. */
async function keepTouched(sql: Sql, importId: string, moved: readonly Moved[]): Promise<void> {
  await sql(
    `insert into import_touched (import_id, teacher_id, org_path) select $1, u.id, u.path from unnest($2::uuid[], $3::text[]) as u (id, path)
     on conflict do nothing`,
    [importId, moved.map((each) => each.teacher.id), moved.map((each) => each.teacher.orgPath)],
  );
}

/** One fact per organisation and batch, not one per teacher. */
export async function tellImported(
  em: Transaction,
  caller: Caller,
  importId: string,
  moved: readonly Moved[],
): Promise<void> {
  const byOrganisation = new Map<string, Moved[]>();
  for (const one of moved)
    byOrganisation.set(one.teacher.orgPath, [...(byOrganisation.get(one.teacher.orgPath) ?? []), one]);
  for (const [orgPath, of] of byOrganisation) {
    await tell(
      em,
      teachersImported,
      {
        orgPath,
        actor: { accountId: caller.accountId, personId: caller.personId, role: caller.role },
        importId,
        teachers: of.map(({ teacher, stage, version }) => ({ teacherId: teacher.id, stage, version })),
      },
      importId,
    );
  }
}
