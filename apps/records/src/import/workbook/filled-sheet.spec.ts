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

  it('finds its header where it was found before somebody chose for columns', () => {
    const sheet = new FilledSheet('基本待遇', {
      chosen: { columns: { 1: 'person.number', 2: 'person.name', 4: 'annualIncome' }, without: [] },
    });
    sheet.take({ row: 1, cells: cells('学校：瓯江小学', '填表人：王', undefined, '填表日期：2024-09-01') });
    sheet.take({ row: 2, cells: header });
    expect(sheet.head()).toMatchObject({ headerRow: 2 });
  });
});
