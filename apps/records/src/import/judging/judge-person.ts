import { mayFillSection, type Role } from '@shidang/access';
import {
  checkDocument,
  citizenCard,
  identityFacts,
  isEmpty,
  recordViolations,
  type Category,
  type RecordRow,
  type SectionKey,
  type TeacherRecord,
  type Value,
} from '@shidang/catalogue';
import { changedKeys } from '../../entry/checked-values';
import { naturalKeyOf } from '../../entry/natural-key';
import type { PersonRows } from '../workbook/read-workbook';
import { wordsOf, type Issue } from './issue';
import type { CategorySheets } from './category-sheet';
import { JudgedRow, type Once } from './judge-row';
import { checkNumberCell } from './number-cell';
import type { EntryOnFile, TeacherOnFile } from './on-file';
import { refuseClosed } from './closed-rows';
import { refuseBeyondFull } from './full-sections';
import { isSingle, RowsOnFile } from './rows-on-file';

/** What one good row does to the record. */
export interface RowWrite {
  readonly section: SectionKey;
  /** Absent: a new row. */
  readonly entry?: EntryOnFile;
  readonly naturalKey: string | null;
  readonly values: Readonly<Record<string, Value>>;
  readonly changes: Readonly<Record<string, Value | undefined>>;
  readonly sheet: string;
  readonly row: number;
  /** Column of each changed value, 1 = A. */
  readonly columns: Readonly<Record<string, number>>;
  /** Account that changed the cell on screen, of the values this is so for. */
  readonly mended: Readonly<Record<string, string>>;
}

export interface PersonJudgement {
  readonly issues: readonly Issue[];
  readonly writes: readonly RowWrite[];
  readonly rows: number;
  readonly bad: number;
  readonly unchanged: number;
}

export interface Judging {
  readonly sheets: CategorySheets;
  readonly role: Role;
  /** `YYYY-MM-DD` where the school is. */
  readonly today: string;
  /** For rows of people who are not found. */
  readonly defaultCategory: Category;
  readonly once: Once;
}

const identityKeys: ReadonlySet<string> = new Set(Object.values(identityFacts));

/** A row with what it does, before it is known whether the record as a whole agrees. */
interface Candidate {
  readonly row: JudgedRow;
  readonly entry?: EntryOnFile;
  readonly naturalKey: string | null;
  readonly values: Readonly<Record<string, Value>>;
  readonly changed: readonly string[];
}

/** All rows of one person, judged against the catalogue, each other and what is on file. Pure: touches no database. */
export function judgePerson(judging: Judging, person: PersonRows, teacher: TeacherOnFile | undefined): PersonJudgement {
  const category = teacher?.category ?? judging.defaultCategory;
  const rows = person.rows.flatMap(({ sheet, row }): JudgedRow[] => {
    const of = judging.sheets.of(sheet, category);
    if (!of) return [];
    return [new JudgedRow(of, row, judging.once)];
  });
  for (const row of rows) row.read();
  return teacher ? judgeKnown(judging, rows, teacher) : judgeUnknown(judging, rows, person.number);
}

/** Nobody in scope has this number: every cell is checked all the same, nothing is written. */
function judgeUnknown(judging: Judging, rows: readonly JudgedRow[], number: string): PersonJudgement {
  for (const row of rows) {
    row.check(row.values, judging.today);
    if (row.sheet.section.key !== 'basic') checkNumberCell(row);
  }
  const [first] = rows;
  const numberSaid = rows.some((row) => row.issues.some((issue) => issue.column === row.sheet.number?.column));
  if (first && !numberSaid) {
    const isCitizen = /^\d{14,17}[\dX]$/.test(number);
    const [wrong] = isCitizen ? checkDocument({ type: citizenCard, number }, judging.today) : [];
    const code = wrong?.code ?? 'unknown_person';
    first.sayAt(first.sheet.number, code, wrong?.words ?? wordsOf('unknown_person'));
  }
  return { issues: rows.flatMap((row) => row.issues), writes: [], rows: rows.length, bad: rows.length, unchanged: 0 };
}

function judgeKnown(judging: Judging, rows: readonly JudgedRow[], teacher: TeacherOnFile): PersonJudgement {
  const record = new RowsOnFile(teacher);
  const candidates = rows.map((row) => candidateOf(judging, row, teacher, record));
  refuseClosed(candidates, teacher);
  refuseBeyondFull(candidates, teacher);
  judgeRecord(judging, candidates, teacher);
  const good = candidates.filter(({ row }) => !row.isBad);
  return {
    issues: rows.flatMap((row) => row.issues),
    writes: good.filter(({ changed }) => changed.length > 0).map(writeOf),
    rows: rows.length,
    bad: rows.length - good.length,
    unchanged: good.filter(({ changed }) => changed.length === 0).length,
  };
}

function candidateOf(judging: Judging, row: JudgedRow, teacher: TeacherOnFile, record: RowsOnFile): Candidate {
  const { section } = row.sheet;
  const naturalKey = isSingle(section.key) ? null : naturalKeyOf(section.key, row.values);
  const keyIsSound = !(section.identifiedBy ?? []).some((key) => row.refused.has(key));
  const entry = keyIsSound ? record.find(section.key, naturalKey, row.values) : undefined;
  const merged = row.over(entry?.values ?? {});
  const values = section.key === 'basic' ? withoutIdentity(merged) : merged;
  row.check(section.key === 'basic' ? { ...values, ...identityIn(row) } : values, judging.today);
  checkPerson(row, teacher);
  const once = `section/${section.key}`;
  if (!mayFillSection(judging.role, section) && judging.once.first(once)) {
    row.sayAt(undefined, 'section_not_yours', wordsOf('section_not_yours'), { once });
  } else if (!mayFillSection(judging.role, section)) row.isBad = true;
  const earlier = keyIsSound ? record.earlier(row, naturalKey) : undefined;
  if (earlier !== undefined) {
    const code = section.key === 'basic' ? 'duplicate_person' : 'duplicate_row';
    row.sayAt(row.keyColumn ?? row.sheet.number, code, wordsOf(code, { row: earlier }));
  }
  return { row, ...(entry && { entry }), naturalKey, values, changed: changedIn(entry, values) };
}

function changedIn(entry: EntryOnFile | undefined, values: Readonly<Record<string, Value>>): string[] {
  if (!entry) return Object.keys(values);
  const after: Readonly<Record<string, Value | undefined>> = values;
  const keys = new Set([...Object.keys(entry.values), ...Object.keys(values)]);
  return changedKeys(entry.values, Object.fromEntries([...keys].map((key) => [key, after[key]])));
}

const withoutIdentity = (values: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !identityKeys.has(key)));

const identityIn = (row: JudgedRow): Record<string, Value> =>
  Object.fromEntries(Object.entries(row.values).filter(([key]) => identityKeys.has(key)));

/** The row must be about the teacher its number names: the facts that make him are compared, never imported. */
function checkPerson(row: JudgedRow, teacher: TeacherOnFile): void {
  const { name, documentNumber } = identityFacts;
  if (row.sheet.section.key !== 'basic') {
    const column = row.sheet.name;
    const given = column && row.filled.cells.get(column.column);
    if (typeof given !== 'string' || isEmpty(given.trim())) return;
    if (sameText(given, teacher.identity[name])) return;
    row.sayAt(column, 'name_differs', wordsOf('name_differs'));
    return;
  }
  for (const key of identityKeys) {
    const given = row.values[key];
    if (given === undefined || key === documentNumber || given === teacher.identity[key]) continue;
    // 81, 82 and 83 numbers entered as resident cards are the permits they are registered as
    if (
      key === identityFacts.documentType &&
      given === citizenCard &&
      /^8[123]/.test(String(teacher.identity[documentNumber]))
    )
      continue;
    if (row.issues.some((issue) => issue.column === row.columnOf(key))) continue;
    row.say(key, 'identity_fact_differs');
  }
}

const sameText = (given: string, registered: unknown): boolean => {
  const bare = (text: string) => text.normalize('NFKC').replace(/[\s·•‧∙⋅・･．.]/g, '');
  return bare(given) === bare(String(registered));
};

/**
 * Rules across rows. Bad rows take part with what could be read of them; a person with errors is not also told what
 * may only follow from them.
 */
function judgeRecord(judging: Judging, candidates: readonly Candidate[], teacher: TeacherOnFile): void {
  const hasErrors = candidates.some(({ row }) => row.isBad);
  const record = recordAfter(
    teacher,
    candidates.map(({ row, entry, values }) => ({ section: row.sheet.section.key, entry, values, id: refOf(row) })),
  );
  const byRef = new Map(candidates.map((each) => [refOf(each.row), each]));
  for (const violation of recordViolations(record, teacher.category, { today: judging.today, partial: true })) {
    const row = byRef.get(String(violation.entry))?.row;
    if (!row || row.isBad || violation.code === 'duplicate_row' || violation.code === 'single_section') continue;
    if (hasErrors && violation.severity !== 'error') continue;
    const column = violation.field === undefined ? undefined : row.sheet.byKey.get(violation.field);
    row.sayAt(column, violation.code, violation.words, violation);
  }
}

const refOf = (row: JudgedRow) => `row:${row.sheet.order}:${row.row}`;

/** The record as it would be, opened: rows of the workbook over those on file. */
export function recordAfter(
  teacher: TeacherOnFile,
  rows: readonly { section: SectionKey; entry?: EntryOnFile; values: Readonly<Record<string, Value>>; id: string }[],
): TeacherRecord {
  const record: Partial<Record<SectionKey, RecordRow[]>> = {};
  const add = (section: SectionKey, id: string, values: Readonly<Record<string, Value>>) =>
    (record[section] ??= []).push({ id, values: section === 'basic' ? { ...values, ...teacher.identity } : values });
  const replaced = new Set(rows.map((row) => row.entry?.id));
  for (const entry of teacher.entries) if (!replaced.has(entry.id)) add(entry.section, entry.id, entry.values);
  for (const row of rows) add(row.section, row.id, row.values);
  return record;
}

function writeOf({ row, entry, naturalKey, values, changed }: Candidate): RowWrite {
  const columns: Record<string, number> = {};
  const changes: Record<string, Value | undefined> = {};
  const mended: Record<string, string> = {};
  for (const key of changed) {
    const column = row.columnOf(key);
    if (column !== undefined) columns[key] = column;
    const mender = column === undefined ? undefined : row.filled.mended?.get(column);
    if (mender !== undefined) mended[key] = mender;
    changes[key] = values[key];
  }
  const { section, head } = row.sheet;
  return {
    section: section.key,
    ...(entry && { entry }),
    naturalKey,
    values,
    changes,
    sheet: head.sheet,
    row: row.row,
    columns,
    mended,
  };
}
