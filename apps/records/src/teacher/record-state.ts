import {
  completeness,
  identityValues,
  recordViolations,
  rowViolations,
  violations,
  type Category,
  type RecordRow,
  type SectionKey,
  type TeacherRecord,
  type Violation,
} from '@shidang/catalogue';
import { recordsRefusals, type Mark, type RecordStage } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import { entriesQuery, type EntryRow } from '../entry/entry-row';
import type { FillState } from '../entry/fill-rule';
import { openValues } from '../value/sealed-values';

/** What filling and checking need to know of a teacher. */
export interface RecordHead {
  id: string;
  orgPath: string;
  category: Category;
  state: FillState;
  version: number;
  effectiveVersion: number;
  identity: { name: string; sex: string; birthDate: string; docType: string; docSealed: string };
}

interface HeadRow {
  id: string;
  org_path: string;
  category: Category;
  stage: RecordStage;
  locked_by: string | null;
  open_marks: Mark[] | null;
  version: number;
  effective_version: number;
  name: string;
  sex: string;
  birth_date: string;
  doc_type: string;
  doc_sealed: string;
}

const columns = `t.id, t.org_path, t.category, t.stage, t.locked_by, t.open_marks, t.version, t.effective_version, t.name, t.sex,
  t.birth_date::text as birth_date, t.doc_type, t.doc_sealed`;

export async function headOf(sql: Sql, teacherId: string): Promise<RecordHead> {
  const [row] = await sql<HeadRow>(`select ${columns} from teacher t where t.id = $1`, [teacherId], 'head');
  return headIn(row);
}

/** For a write, with its living rows: whoever writes the same record waits, so that stage and entries stay consistent. */
export async function lockedRecord(
  sql: Sql,
  teacherId: string,
): Promise<{ head: RecordHead; entries: readonly EntryRow[] }> {
  const text = `select ${columns} from teacher t where t.id = $1 for update`;
  const locking = { text, params: [teacherId], name: 'head-locked' };
  const [[row], entries] = await sql.together<[HeadRow, EntryRow]>(locking, entriesQuery(teacherId));
  return { head: headIn(row), entries };
}

function headIn(row: HeadRow | undefined): RecordHead {
  if (!row) throw recordsRefusals.teacherNotFound({});
  return {
    id: row.id,
    orgPath: row.org_path,
    category: row.category,
    state: { stage: row.stage, lockedBy: row.locked_by, openMarks: row.open_marks },
    version: row.version,
    effectiveVersion: row.effective_version,
    identity: {
      name: row.name,
      sex: row.sex,
      birthDate: row.birth_date,
      docType: row.doc_type,
      docSealed: row.doc_sealed,
    },
  };
}

export const documentNumberOf = (vault: Vault, head: Pick<RecordHead, 'id' | 'identity'>): string =>
  vault.open(head.identity.docSealed, { table: 'teacher', column: 'doc_sealed', row: head.id });

/** The identity facts as values of the basic section, where the catalogue's rules expect them. */
export function identityOf(head: Pick<RecordHead, 'identity'>, documentNumber: string) {
  const { name, sex, birthDate, docType } = head.identity;
  return identityValues({ name, sex, birthDate, documentType: docType, documentNumber });
}

/** The whole record, opened, as the catalogue's functions take it. */
export function openedRecord(
  vault: Vault,
  head: RecordHead,
  entries: readonly Pick<EntryRow, 'id' | 'section' | 'values'>[],
): TeacherRecord {
  const record: Partial<Record<SectionKey, RecordRow[]>> = {};
  for (const { id, section, values } of entries) {
    const opened = openValues(vault, id, values);
    const whole = section === 'basic' ? { ...opened, ...identityOf(head, documentNumberOf(vault, head)) } : opened;
    (record[section] ??= []).push({ id, values: whole });
  }
  return record;
}

/**
 * How far the content is after a write. Being effective or having left is not for filling to change. A record that was
 * complete is wrong only through the row that was written (`changed`, absent when it is gone) or across its rows.
 */
export function stageAfterWrite(
  vault: Vault,
  head: RecordHead,
  entries: readonly Pick<EntryRow, 'id' | 'section' | 'values'>[],
  today: string,
  changed?: { id: string; section: SectionKey },
): RecordStage {
  const { stage } = head.state;
  if (stage === 'effective' || stage === 'left') return stage;
  // what is required may depend on a sensitive value (处分), so the seals are opened
  const record = openedRecord(vault, head, entries);
  const { category } = head;
  if (stage === 'complete') {
    const row = changed && record[changed.section]?.find((each) => each.id === changed.id);
    const inRow = row && changed ? rowViolations(changed.section, row.values, category, { today }) : [];
    return hasError(inRow) || hasError(recordViolations(record, category, { today })) ? 'draft' : 'complete';
  }
  if (!completeness(record, category).complete) return 'draft';
  return hasError(violations(record, category, { today })) ? 'draft' : 'complete';
}

const hasError = (found: readonly Violation[]): boolean => found.some((each) => each.severity === 'error');
