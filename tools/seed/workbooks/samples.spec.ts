import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEmpty, violations, type TeacherRecord } from '@shidang/catalogue';
import { sheetsWithMistakes, plantedMistakes } from './mistakes';
import { sampleSheets } from './sample-sheets';
import { sampleDay, sampleRecord, sampleTeachers } from './sample-teachers';

it('samples are about the same sixty invented teachers every time', () => {
  expect(sampleTeachers()).toEqual(sampleTeachers());
  expect(new Set(sampleTeachers().map((each) => each.document.number)).size).toBe(60);
});

it('a sample record is one the catalogue has nothing to say about, today and at its own day', () => {
  const [teacher] = sampleTeachers(1);
  const record = Object.fromEntries(
    Object.entries(sampleRecord(teacher!)).map(([section, rows]) => [section, rows.map((values) => ({ values }))]),
  ) as TeacherRecord;
  for (const today of [sampleDay, '2026-11-23']) expect(violations(record, teacher!.category, { today })).toEqual([]);
});

it('the clean workbook has 17 sheets that each begin with number and name', () => {
  const sheets = sampleSheets(sampleTeachers(2));
  expect(sheets).toHaveLength(17);
  for (const { header } of sheets) expect(header.slice(0, 2)).toEqual(['*身份证件号', '*姓名']);
});

it('plants 37 mistakes, each in a cell of its own, as the committed list says', () => {
  const { sheets, expected } = sheetsWithMistakes();
  expect(expected).toHaveLength(plantedMistakes);
  expect(new Set(expected.map((each) => `${each.sheet}${each.column}${each.row}`)).size).toBe(plantedMistakes);
  const committed = JSON.parse(readFileSync(join(__dirname, '../samples/expected-findings.json'), 'utf8')) as unknown;
  expect(committed).toEqual(expected);
  expect(sheets.every((sheet) => sheet.rows.every((row) => row.some((cell) => !isEmpty(cell))))).toBe(true);
});
