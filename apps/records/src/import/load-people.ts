import {
  codesOf,
  hasCitizenNumber,
  normaliseDocument,
  type Category,
  type IdentityDocument,
  type SectionKey,
} from '@shidang/catalogue';
import type { Mark, RecordStage } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import { identityOf } from '../teacher/record-state';
import { openValues, type StoredValues } from '../value/sealed-values';
import type { EntryOnFile, TeacherOnFile } from './judging/on-file';

interface TeacherRow {
  id: string;
  org_path: string;
  category: Category;
  stage: RecordStage;
  locked_by: string | null;
  open_marks: Mark[] | null;
  version: number;
  name: string;
  sex: string;
  birth_date: string;
  doc_type: string;
  doc_sealed: string;
  doc_blind: string;
}

interface StoredEntry {
  id: string;
  teacher_id: string;
  section: SectionKey;
  natural_key: string | null;
  version: number;
  values: StoredValues;
  is_effective: boolean;
}

const teacherColumns = `t.id, t.org_path, t.category, t.stage, t.locked_by, t.open_marks, t.version, t.name, t.sex,
  t.birth_date::text as birth_date, t.doc_type, t.doc_sealed, t.doc_blind`;

const documentTypes = [...codesOf('idDocType').keys()];

/** A sheet gives the number alone: these are the documents it may belong to. */
function documentsOf(number: string): readonly IdentityDocument[] {
  const isCitizen = /^\d{17}[\dX]$/.test(number);
  const types = documentTypes.filter((type) => !isCitizen || hasCitizenNumber(type));
  return types.map((type) => normaliseDocument({ type, number }));
}

/**
 * The teachers behind these document numbers, by number, with all rows on file: two statements for a whole batch. Row-level security
 * keeps it within the caller's scope, so that somebody else's teacher is the same as none.
 */
export async function loadPeople(
  sql: Sql,
  vault: Vault,
  numbers: readonly string[],
  options: { lock?: boolean } = {},
): Promise<ReadonlyMap<string, TeacherOnFile>> {
  const numberOf = new Map<string, string>();
  for (const number of numbers) {
    if (number === '') continue;
    for (const { type, number: normalised } of documentsOf(number))
      numberOf.set(vault.blind(`${type}|${normalised}`), number);
  }
  if (numberOf.size === 0) return new Map();
  const rows = await sql<TeacherRow>(
    `select ${teacherColumns} from teacher t where t.doc_blind = any($1::text[]) order by t.id${options.lock ? ' for update' : ''}`,
    [[...numberOf.keys()]],
  );
  // somebody who left one school and works at another of the same authority is meant where he works
  const chosen = new Map<string, TeacherRow>();
  for (const row of rows) {
    const number = numberOf.get(row.doc_blind)!;
    const known = chosen.get(number);
    if (!known || known.stage === 'left') chosen.set(number, row);
  }
  const entries = await entriesOf(
    sql,
    vault,
    [...chosen.values()].map((row) => row.id),
  );
  return new Map([...chosen].map(([number, row]) => [number, onFile(row, number, entries.get(row.id) ?? [])]));
}

/** These teachers, with all rows on file. */
export async function loadTeachers(sql: Sql, vault: Vault, ids: readonly string[]): Promise<TeacherOnFile[]> {
  const rows = await sql<TeacherRow>(
    `select ${teacherColumns} from teacher t where t.id = any($1::uuid[]) order by t.id`,
    [ids],
  );
  const entries = await entriesOf(sql, vault, ids);
  return rows.map((row) => {
    const number = vault.open(row.doc_sealed, { table: 'teacher', column: 'doc_sealed', row: row.id });
    return onFile(row, number, entries.get(row.id) ?? []);
  });
}

async function entriesOf(sql: Sql, vault: Vault, teacherIds: readonly string[]): Promise<Map<string, EntryOnFile[]>> {
  const rows = await sql<StoredEntry>(
    `select e.id, e.teacher_id, e.section, e.natural_key, e.version, e."values", e.effective is not null as is_effective
     from entry e where e.teacher_id = any($1::uuid[]) and not e.removed order by e.id`,
    [teacherIds],
  );
  const byTeacher = new Map<string, EntryOnFile[]>();
  for (const row of rows) {
    const entry: EntryOnFile = {
      id: row.id,
      section: row.section,
      naturalKey: row.natural_key,
      version: row.version,
      values: openValues(vault, row.id, row.values),
      stored: row.values,
      isEffective: row.is_effective,
    };
    const known = byTeacher.get(row.teacher_id);
    if (known) known.push(entry);
    else byTeacher.set(row.teacher_id, [entry]);
  }
  return byTeacher;
}

function onFile(row: TeacherRow, number: string, entries: readonly EntryOnFile[]): TeacherOnFile {
  const identity = {
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    docType: row.doc_type,
    docSealed: row.doc_sealed,
  };
  return {
    id: row.id,
    orgPath: row.org_path,
    category: row.category,
    state: { stage: row.stage, lockedBy: row.locked_by, openMarks: row.open_marks },
    version: row.version,
    identity: identityOf({ identity }, number),
    entries,
  };
}
