import type { Caller } from '@shidang/access';
import { sections, type Category, type Section, type Value } from '@shidang/catalogue';
import type { Sql, Vault, Work } from '@shidang/persistence';
import { identityOf } from '../teacher/record-state';
import { openValues, type StoredValues } from '../value/sealed-values';
import { personKeys, sheetColumns } from './section-sheet';
import { typedValue } from './typed-value';
import { offerChoices, openSheet, ReferenceSheet, writtenWorkbook } from './workbook-sheets';

const firstDataRow = 2;
/** Rows written before others have their turn. */
const rowsAtOnce = 400;

export interface Person {
  id: string;
  /** Identity facts as values of the basic section, the number in full. */
  identity: Readonly<Record<string, unknown>>;
}

interface TeacherRow {
  id: string;
  name: string;
  sex: string;
  birth_date: string;
  doc_type: string;
  doc_sealed: string;
}

interface StoredRow {
  id: string;
  teacher_id: string;
  values: StoredValues;
}

export interface SchoolToFill {
  readonly orgPath: string;
  readonly category: Category;
  /** Only this one of its people, who may have left. */
  readonly teacherId?: string;
}

interface Source {
  readonly work: Work;
  readonly vault: Vault;
  readonly caller: Caller;
}

/** The people of a school, those who left excepted. */
export async function peopleOf(sql: Sql, vault: Vault, { orgPath, teacherId }: SchoolToFill): Promise<Person[]> {
  const rows = await sql<TeacherRow>(
    `select t.id, t.name, t.sex, t.birth_date::text as birth_date, t.doc_type, t.doc_sealed from teacher t
     where t.org_path = $1 and (t.id = $2 or $2::uuid is null and t.stage <> 'left') order by t.name, t.id`,
    [orgPath, teacherId ?? null],
  );
  return rows.map((row) => {
    const number = vault.open(row.doc_sealed, { table: 'teacher', column: 'doc_sealed', row: row.id });
    const { name, sex, birth_date: birthDate, doc_type: docType, doc_sealed: docSealed } = row;
    return { id: row.id, identity: identityOf({ identity: { name, sex, birthDate, docType, docSealed } }, number) };
  });
}

/** The template with everything on file filled in, a section at a time; every sheet has a line for everybody, ready to be filled. */
export function prefilledWorkbook(
  { work, vault, caller }: Source,
  school: SchoolToFill,
  people: readonly Person[],
  shows: (section: Section) => boolean,
): Promise<Buffer> {
  return writtenWorkbook(async (workbook) => {
    const codes = new ReferenceSheet();
    for (const section of sections) {
      const sheet = openSheet(workbook, section, school.category);
      const rows = shows(section)
        ? linesOf(
            section,
            school.category,
            people,
            await work.read(caller, (_, sql) => rowsOf(sql, vault, section, school, people)),
          )
        : [];
      for (const [index, cells] of rows.entries()) {
        sheet.addRow(cells).commit();
        if (index % rowsAtOnce === rowsAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
      }
      offerChoices(sheet, section, school.category, codes, firstDataRow);
      sheet.commit();
    }
    codes.write(workbook, school.category);
  });
}

async function rowsOf(
  sql: Sql,
  vault: Vault,
  section: Section,
  { orgPath, teacherId }: SchoolToFill,
  people: readonly Person[],
): Promise<Map<string, Record<string, Value>[]>> {
  const known = new Set(people.map((each) => each.id));
  const rows = await sql<StoredRow>(
    `select e.id, e.teacher_id, e."values" from entry e where e.org_path = $1 and e.section = $2
       and ($3::uuid is null or e.teacher_id = $3) and not e.removed order by e.id`,
    [orgPath, section.key, teacherId ?? null],
  );
  const byTeacher = new Map<string, Record<string, Value>[]>();
  for (const row of rows) {
    if (!known.has(row.teacher_id)) continue;
    const values = openValues(vault, row.id, row.values);
    byTeacher.set(row.teacher_id, [...(byTeacher.get(row.teacher_id) ?? []), values]);
  }
  return byTeacher;
}

type Cells = (string | number | null)[];

function linesOf(
  section: Section,
  category: Category,
  people: readonly Person[],
  rows: ReadonlyMap<string, Record<string, Value>[]>,
): Cells[] {
  const columns = sheetColumns(section, category);
  const line = (person: Person, values: Readonly<Record<string, unknown>>): Cells =>
    columns.map(({ column, person: isPerson }) => {
      const value = isPerson ? person.identity[column.key] : values[column.key];
      if (value === undefined || value === null || value === '') return null;
      // whose row it is stands there as it is registered
      if (column.key === personKeys.number || column.key === personKeys.name) return String(value);
      return typedValue(column.indicator, value as Value, category);
    });
  return people.flatMap((person) => {
    const own = rows.get(person.id) ?? [{}];
    return own.map((values) => line(person, section.key === 'basic' ? { ...values, ...person.identity } : values));
  });
}
