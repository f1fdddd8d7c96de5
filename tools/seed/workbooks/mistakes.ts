import { checkCharacter, type SectionKey } from '@shidang/catalogue';
import type { SampleCell, SampleSheet } from './sample-sheets';
import { sampleSheets } from './sample-sheets';
import { sampleTeachers, type SampleTeacher } from './sample-teachers';

/** Where a finding has to be, and which. */
export interface ExpectedFinding {
  readonly sheet: string;
  readonly row: number;
  /** Letter; absent when the row as a whole is meant. */
  readonly column?: string;
  readonly code: string;
}

interface Workbook {
  readonly sheets: readonly SampleSheet[];
  readonly expected: ExpectedFinding[];
}

const letter = (index: number): string =>
  (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : '') + String.fromCharCode(65 + (index % 26));

function sheetOf(book: Workbook, section: SectionKey): SampleSheet {
  return book.sheets.find((sheet) => sheet.section === section)!;
}

/** Column of an indicator, 0 = A. */
function at(sheet: SampleSheet, key: string): number {
  const index = sheet.keys.indexOf(key);
  if (index < 0) throw new Error(`${sheet.name} has no ${key}`);
  return index;
}

type Cells = Readonly<Record<string, SampleCell>>;

/** Writes cells into a teacher's n-th row of a section; the mistake is expected at `wrong`. */
function plant(
  book: Workbook,
  section: SectionKey,
  teacher: number,
  cells: Cells,
  wrong: string,
  code: string,
  nth = 0,
): void {
  const sheet = sheetOf(book, section);
  const row = sheet.firstRows[teacher]! + nth;
  for (const [key, cell] of Object.entries(cells)) sheet.rows[row - 2]![at(sheet, key)] = cell;
  book.expected.push({ sheet: sheet.name, row, column: letter(at(sheet, wrong)), code });
}

const otherLastCharacter = (number: string) => number.slice(0, 17) + (number[17] === '1' ? '2' : '1');
const dayAfter = (day: string) => day.slice(0, 8) + (day.endsWith('28') ? '27' : '28');

function plantInBasic(book: Workbook, teachers: readonly SampleTeacher[]): void {
  const one = (teacher: number, key: string, cell: SampleCell, code: string) =>
    plant(book, 'basic', teacher, { [key]: cell }, key, code);
  one(0, 'workStartMonth', null, 'required');
  one(1, 'staffCategory', '   ', 'required');
  one(2, 'itAbility', '非常好', 'unknown_code');
  one(3, 'staffSource', '1-招聘', 'heading_not_selectable');
  one(4, 'ethnicity', '01-回族', 'code_name_mismatch');
  one(5, 'idNo', otherLastCharacter(teachers[5]!.document.number), 'document_check_digit');
  one(6, 'birthDate', dayAfter(teachers[6]!.birthDate), 'document_birth_date_mismatch');
  one(7, 'sex', teachers[7]!.sex === '1' ? '2-女' : '1-男', 'document_sex_mismatch');
  one(8, 'workStartMonth', '二〇一〇年八月', 'malformed_date');
  one(9, 'joinSchoolMonth', 2016.1, 'ambiguous_month');
  one(10, 'memo', '长'.repeat(201), 'too_long');
  one(11, 'staffNo', { formula: 'ROW()', result: 12 }, 'formula_cell');
  one(12, 'name', '张冠李戴', 'identity_fact_differs');
  one(13, 'employmentForm', '1-人事代理', 'not_applicable');
  plantColumn(book, 'basic', '工资卡号', '6222000000000000', 'unknown_column');
}

/** A column the template does not have, with something in it. */
function plantColumn(book: Workbook, section: SectionKey, title: string, text: string, code: string): void {
  const sheet = sheetOf(book, section);
  sheet.header.push(title);
  sheet.keys.push(`unknown.${title}`);
  for (const row of sheet.rows) row.push(text);
  book.expected.push({ sheet: sheet.name, row: 1, column: letter(sheet.header.length - 1), code });
}

function append(book: Workbook, section: SectionKey, cells: readonly SampleCell[], wrong: string, code: string): void {
  const sheet = sheetOf(book, section);
  sheet.rows.push([...cells]);
  book.expected.push({ sheet: sheet.name, row: sheet.rows.length + 1, column: letter(at(sheet, wrong)), code });
}

const rowOf = (book: Workbook, section: SectionKey, teacher: number): SampleCell[] => {
  const sheet = sheetOf(book, section);
  return [...sheet.rows[sheet.firstRows[teacher]! - 2]!];
};

/** Twice in the sheet, registered at another school, registered nowhere, no number at all. */
function plantPeople(book: Workbook, elsewhere: SampleTeacher): void {
  append(book, 'basic', rowOf(book, 'basic', 14), 'idNo', 'duplicate_person');
  const basic = sheetOf(book, 'basic');
  const other = rowOf(book, 'basic', 15);
  other[at(basic, 'idNo')] = elsewhere.document.number;
  other[at(basic, 'name')] = elsewhere.name;
  other[at(basic, 'sex')] = elsewhere.sex;
  other[at(basic, 'birthDate')] = elsewhere.birthDate;
  append(book, 'basic', other, 'idNo', 'unknown_person');
  const stranger = rowOf(book, 'training', 16);
  const first17 = '33119919700101999';
  stranger[0] = first17 + checkCharacter(first17);
  append(book, 'training', stranger, 'person.number', 'unknown_person');
  const nameless = rowOf(book, 'rotation', 17);
  nameless[0] = null;
  append(book, 'rotation', nameless, 'person.number', 'number_required');
  append(book, 'education', rowOf(book, 'education', 18), 'educationLevel', 'duplicate_row');
}

function plantInRows(book: Workbook, teachers: readonly SampleTeacher[]): void {
  const one = (section: SectionKey, teacher: number, key: string, cell: SampleCell, code: string) =>
    plant(book, section, teacher, { [key]: cell }, key, code);
  one('education', 19, 'person.number', Number(teachers[19]!.document.number.slice(0, 17)) * 10, 'number_lost_digits');
  one('education', 20, 'educationSchool', null, 'required');
  one('education', 21, 'graduateMonth', '1980-01', 'before_start');
  one('education', 22, 'graduateMonth', '2099-06', 'in_future');
  plant(book, 'education', 23, bachelorWith('201-哲学博士学位'), 'degreeName', 'level_mismatch');
  one('work', 24, 'endMonth', null, 'open_end_not_latest');
  one('work', 25, 'person.name', '王小二', 'name_differs');
  one('post', 26, 'postLevel', '301-工勤技能岗位一级', 'level_mismatch');
  one('post', 27, 'duty', '00-无,03-校长(园长)', 'excludes_others');
  one('proTitle', 28, 'title', 'K99-中小学特级教师', 'unknown_code');
  one('pay', 29, 'year', '2099', 'year_not_over');
  one('pay', 30, 'basicPay', 4200.123, 'too_many_decimals');
  one('qualification', 32, 'issueDate', '2010-02-30', 'impossible_date');
  one('teaching', 33, 'weeklyHours', null, 'required');
  plant(book, 'ethics', 34, { punishType: '1-警告', punishEventDate: '2023-05-04' }, 'punishReason', 'required');
  one('ethics', 35, 'assessDate', 45290, 'date_is_number');
  one('contact', 36, 'mobile', '１３９０５７８１２３', 'malformed_mobile');
}

const bachelorWith = (degreeName: string): Cells => ({
  degreeLevel: '4-学士',
  degreeName,
  degreeCountry: '156-中国',
  degreeSchool: '丽水学院',
  degreeMonth: '2010-06',
});

/** What people write that is unusual and right: full width, names without codes, codes alone, dates as dates, dots and years. */
function writeFreely(book: Workbook): void {
  const set = (section: SectionKey, teacher: number, key: string, change: (cell: string) => SampleCell) => {
    const sheet = sheetOf(book, section);
    const row = sheet.rows[sheet.firstRows[teacher]! - 2]!;
    row[at(sheet, key)] = change(String(row[at(sheet, key)]));
  };
  const fullWidth = (text: string) =>
    text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  set('basic', 40, 'idNo', fullWidth);
  set('basic', 41, 'idNo', (text) => `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}`.toLowerCase());
  set('basic', 42, 'sex', (text) => text.split('-')[1]!);
  set('basic', 43, 'sex', (text) => Number(text.split('-')[0]));
  set('basic', 44, 'birthDate', (text) => new Date(`${text}T00:00:00Z`));
  set('basic', 45, 'workStartMonth', (text) => text.replace('-', '.'));
  set('basic', 46, 'joinSchoolMonth', (text) => `${text.slice(0, 4)}年${Number(text.slice(5))}月`);
  set('work', 47, 'person.number', fullWidth);
}

export const plantedMistakes = 37;

/** The sheets of `sampleTeachers(60, seed)` with 37 mistakes, each another teacher's, and where each has to be found. */
export function sheetsWithMistakes(seed?: string): { sheets: SampleSheet[]; expected: ExpectedFinding[] } {
  const teachers = sampleTeachers(60, seed);
  const sheets = sampleSheets(teachers, 2);
  const book: Workbook = { sheets, expected: [] };
  writeFreely(book);
  plantInRows(book, teachers);
  plantPeople(book, teacherElsewhere());
  plantInBasic(book, teachers);
  const order = new Map(sheets.map((sheet, index) => [sheet.name, index]));
  book.expected.sort(
    (a, b) =>
      order.get(a.sheet)! - order.get(b.sheet)! || a.row - b.row || (a.column ?? '').localeCompare(b.column ?? ''),
  );
  return { sheets, expected: book.expected };
}

/** Somebody who is a teacher of another school: register him there, and the workbook must not tell. */
export const teacherElsewhere = (): SampleTeacher => sampleTeachers(1, 'elsewhere')[0]!;
