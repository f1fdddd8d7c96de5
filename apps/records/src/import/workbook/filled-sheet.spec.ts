import type { CellValue } from './cell-value';
import { FilledSheet } from './filled-sheet';

const cells = (...values: (CellValue | undefined)[]) =>
  new Map(values.flatMap((value, at): [number, CellValue][] => (value === undefined ? [] : [[at + 1, value]])));

const header = cells('*身份证件号', '*姓名', '年度', '年工资收入(元)');

describe('a sheet of a section', () => {
  it('keeps a row that has only numbers beside whose it is', () => {
    const sheet = new FilledSheet('基本待遇');
    sheet.take({ row: 1, cells: header });
    sheet.take({ row: 2, cells: cells('331102198001010019', '王小明', 2024, 85000) });
    sheet.take({ row: 3, cells: cells('331102198001010019', '王小明', undefined, ' ') });
    expect(sheet.rows.map(({ row }) => row)).toEqual([2]);
  });

  it('asks about columns with a year for a header, and about those without any where something stands', () => {
    const sheet = new FilledSheet('基本待遇');
    sheet.take({ row: 1, cells: cells('*身份证件号', '*姓名', '年度', undefined, 2024) });
    sheet.take({ row: 2, cells: cells('331102198001010019', '王小明', 2024, '借调', 85000, ' ') });
    sheet.finish({ merged: [] });
    const { matched, findings } = sheet.head();
    expect(matched.slice(3)).toEqual([
      { column: 4, title: '', why: 'unknown', values: 1, samples: ['借调'], proposals: [] },
      { column: 5, title: '2024', why: 'unknown', values: 1, samples: ['85000'], proposals: [] },
    ]);
    expect(findings.map(({ code, column }) => [code, column])).toEqual([
      ['unknown_column', 4],
      ['unknown_column', 5],
    ]);
  });

  it('is read as it was chosen for the same header before, and for no other', () => {
    const kept = { '1 身份证件号\n2 姓名\n3 年度\n4 年工资收入(元)': { columns: { 3: null }, without: [] } };
    const read = (titles: readonly string[]) => {
      const sheet = new FilledSheet('基本待遇', { kept });
      sheet.take({ row: 1, cells: cells(...titles) });
      sheet.finish({ merged: [] });
      return sheet.head().matched[2];
    };
    const titles = ['*身份证件号', '*姓名', '年度', '年工资收入(元)'];
    expect(read(titles)).toMatchObject({ why: 'kept' });
    expect(read([...titles, '备注'])).toMatchObject({ why: 'title' });
  });

  it('finds its header where it was found before somebody chose for columns', () => {
    const sheet = new FilledSheet('基本待遇', {
      chosen: { columns: { 1: 'person.number', 2: 'person.name', 4: 'annualIncome' }, without: [] },
    });
    sheet.take({ row: 1, cells: cells('学校：瓯江小学', '填表人：王', undefined, '填表日期：2024-09-01') });
    sheet.take({ row: 2, cells: header });
    expect(sheet.head()).toMatchObject({ headerRow: 2 });
  });
});
