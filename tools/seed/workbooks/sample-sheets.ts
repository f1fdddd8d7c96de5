import {
  codeName,
  codeTableKeyFor,
  findIndicator,
  identityFacts,
  personColumns,
  sections,
  templateColumns,
  type Category,
  type Indicator,
  type Section,
  type SectionKey,
  type TemplateColumn,
} from '@shidang/catalogue';
import type { InventedValues } from '../invented/record';
import { sampleRecord, type SampleTeacher } from './sample-teachers';

export interface FormulaCell {
  readonly formula: string;
  readonly result: string | number;
}

export type SampleCell = string | number | Date | FormulaCell | null;

/** One sheet as somebody filled it in; cells by column, rows in the order they stand in. */
export interface SampleSheet {
  readonly section: SectionKey;
  readonly name: string;
  readonly header: string[];
  /** Indicator of each column; the two that say whose row it is are `person.number` and `person.name`. */
  readonly keys: string[];
  readonly rows: SampleCell[][];
  /** Number of the row each teacher's rows begin in, by index of the teacher: the header is row 1. */
  readonly firstRows: number[];
}

const title = (column: TemplateColumn, starred: boolean) => `${starred ? '*' : ''}${column.header}`;

/** As somebody types it who chose from the list: "1-男". */
export function typed(
  indicator: Indicator,
  value: string | number | readonly string[],
  category: Category,
): string | number {
  const table = codeTableKeyFor(indicator, category);
  if (table === undefined) return typeof value === 'object' ? value.join(',') : value;
  const codes = typeof value === 'object' ? value : [String(value)];
  return codes.map((code) => `${code}-${codeName(table, code)}`).join(',');
}

function sheetOf(section: Section, category: Category): SampleSheet {
  const own = templateColumns(section, category);
  const leadingKeys = [identityFacts.documentNumber, identityFacts.name];
  const leading = leadingKeys.flatMap((key) => personColumns(category).filter((each) => each.key === key));
  const isBasic = section.key === 'basic';
  const rest = isBasic ? own.filter((column) => !leadingKeys.includes(column.key)) : own;
  return {
    section: section.key,
    name: section.zhName,
    header: [
      ...leading.map((each) => title(each, true)),
      ...rest.map((each) => title(each, each.required === 'always')),
    ],
    keys: [...(isBasic ? leadingKeys : ['person.number', 'person.name']), ...rest.map((each) => each.key)],
    rows: [],
    firstRows: [],
  };
}

function cellsOf(sheet: SampleSheet, teacher: SampleTeacher, values: InventedValues): SampleCell[] {
  return sheet.keys.map((key) => {
    if (key === 'person.number') return teacher.document.number;
    if (key === 'person.name') return teacher.name;
    const value = values[key];
    const indicator = findIndicator(sheet.section, key);
    return value === undefined || !indicator ? null : typed(indicator, value, teacher.category);
  });
}

/** The sheets of a workbook about these teachers, all of one category. */
export function sampleSheets(teachers: readonly SampleTeacher[], rows?: number): SampleSheet[] {
  const category = teachers[0]?.category ?? 'primarySecondary';
  const records = teachers.map((teacher) => sampleRecord(teacher, rows));
  return sections.map((section) => {
    const sheet = sheetOf(section, category);
    for (const [index, teacher] of teachers.entries()) {
      sheet.firstRows.push(sheet.rows.length + 2);
      for (const values of records[index]?.[section.key] ?? []) sheet.rows.push(cellsOf(sheet, teacher, values));
    }
    return sheet;
  });
}
