import type { Caller } from '@shidang/access';
import { catalogueVersion, completeness, violations } from '@shidang/catalogue';
import { teachersImported, type RecordStage } from '@shidang/contracts';
import { newId, tell, type Sql, type Vault } from '@shidang/persistence';
import type { Via } from '../entry/entry-row';
import { sealValues, withChanges, type StoredValues } from '../value/sealed-values';
import { today } from './judge-workbook';
import { recordAfter, type PersonJudgement, type RowWrite } from './judging/judge-person';
import type { TeacherOnFile } from './judging/on-file';
import { columnLetter } from './workbook/cell-value';

type EntityManager = Parameters<typeof tell>[0];

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
  em: EntityManager,
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
  await insertEntries(
    sql,
    writes.filter(({ write }) => !write.entry),
  );
  await updateEntries(
    sql,
    writes.filter(({ write }) => write.entry),
  );
  await insertVersions(sql, writes, caller);
  const moved = people.filter(({ person }) => person.writes.length > 0).map(moveOn);
  await updateTeachers(sql, moved);
  await tellImported(em, caller, importId, moved);
}

function storedWrite(vault: Vault, importId: string, teacher: TeacherOnFile, write: RowWrite): StoredWrite {
  const { entry, section, sheet, row, columns } = write;
  const id = entry?.id ?? newId();
  const stored = entry
    ? withChanges(vault, section, id, entry.stored, write.changes)
    : sealValues(vault, section, id, write.values);
  const cells = Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [key, `${columnLetter(column)}${row}`]),
  );
  const via: Via = { kind: 'import', importId, sheet, row, cells };
  return { id, teacher, write, stored, version: (entry?.version ?? 0) + 1, via };
}

async function insertEntries(sql: Sql, writes: readonly StoredWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql(
    `insert into entry (id, teacher_id, org_path, section, natural_key, "values", catalogue_version)
     select id, teacher_id, org_path, section, natural_key, content::jsonb, $7
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
       as u (id, teacher_id, org_path, section, natural_key, content)`,
    [
      writes.map((each) => each.id),
      writes.map((each) => each.teacher.id),
      writes.map((each) => each.teacher.orgPath),
      writes.map((each) => each.write.section),
      writes.map((each) => each.write.naturalKey),
      writes.map((each) => JSON.stringify(each.stored)),
      catalogueVersion,
    ],
  );
}

async function updateEntries(sql: Sql, writes: readonly StoredWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql(
    `update entry e set "values" = u.content::jsonb, natural_key = u.natural_key, version = u.version, catalogue_version = $5,
       updated_at = now()
     from unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) as u (id, natural_key, content, version) where e.id = u.id`,
    [
      writes.map((each) => each.id),
      writes.map((each) => each.write.naturalKey),
      writes.map((each) => JSON.stringify(each.stored)),
      writes.map((each) => each.version),
      catalogueVersion,
    ],
  );
}

async function insertVersions(sql: Sql, writes: readonly StoredWrite[], caller: Caller): Promise<void> {
  await sql(
    `insert into entry_version (id, entry_id, teacher_id, org_path, section, version, "values", changed_keys, catalogue_version, via,
       account_id, person_id, role)
     select id, entry_id, teacher_id, org_path, section, version, content::jsonb, string_to_array(changed_keys, ','), $10, via::jsonb, $11, $12, $13
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[])
       as u (id, entry_id, teacher_id, org_path, section, version, content, changed_keys, via)`,
    [
      writes.map(() => newId()),
      writes.map((each) => each.id),
      writes.map((each) => each.teacher.id),
      writes.map((each) => each.teacher.orgPath),
      writes.map((each) => each.write.section),
      writes.map((each) => each.version),
      writes.map((each) => JSON.stringify(each.stored)),
      writes.map((each) => Object.keys(each.write.changes).join(',')),
      writes.map((each) => JSON.stringify(each.via)),
      catalogueVersion,
      caller.accountId,
      caller.personId,
      caller.role,
    ],
  );
}

interface Moved {
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
    completeness(record, teacher.category).complete &&
    !violations(record, teacher.category, { today: today() }).some((each) => each.severity === 'error');
  return { teacher, stage: isComplete ? 'complete' : 'draft', version };
}

async function updateTeachers(sql: Sql, moved: readonly Moved[]): Promise<void> {
  await sql(
    `update teacher t set stage = u.stage, version = u.version, updated_at = now()
     from unnest($1::uuid[], $2::text[], $3::int[]) as u (id, stage, version) where t.id = u.id`,
    [moved.map((each) => each.teacher.id), moved.map((each) => each.stage), moved.map((each) => each.version)],
  );
}

/** One fact per organisation and batch, not one per teacher. */
async function tellImported(
  em: EntityManager,
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
