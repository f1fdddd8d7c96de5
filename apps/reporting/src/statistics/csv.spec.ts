import type { StatisticsTable } from '@shidang/contracts';
import { csvCell, csvOf } from './csv';
import { columnsOf, indicatorOf, indicators } from './indicators';

const table: StatisticsTable = {
  organisation: { code: '331102', name: '莲都区教育局', tier: 'county' },
  indicator: { key: 'sex', label: { zh: '性别', en: 'Sex' }, definition: { zh: '定义', en: 'definition' } },
  asOf: '2016-11-23T08:00:00.000Z',
  columns: [
    { code: '1', name: '男' },
    { code: '2', name: '女' },
  ],
  rows: [
    {
      organisation: { code: '2133001234', name: '=小学,"一"', tier: 'school' },
      cells: [{ hidden: '<5' }, { n: 40 }],
      total: { hidden: '*' },
    },
  ],
  totals: [{ hidden: '<5' }, { n: 40 }],
  total: { hidden: '*' },
};

describe('statistics as csv', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-5', "'-5"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['两\n行', '"两\n行"'],
    ['莲都区', '莲都区'],
  ])('%j is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });

  test('begins with a byte order mark, names definition and moment, hides what is hidden', () => {
    const { content, fileName, contentType } = csvOf(table);
    expect(content.startsWith('\uFEFF')).toBe(true);
    expect([fileName, contentType]).toEqual(['331102-sex-2016-11-23.csv', 'text/csv; charset=utf-8']);
    expect(content.slice(1).split('\r\n')).toEqual([
      '莲都区教育局教师统计：性别',
      '定义',
      '截至 2016-11-23T08:00:00.000Z',
      '机构代码,机构名称,男,女,合计',
      `2133001234,"'=小学,""一""",<5,40,*`,
      ',合计,<5,40,*',
      '',
    ]);
  });
});

describe('indicators of statistics', () => {
  test('have single keys and known codes', () => {
    expect(new Set(indicators.map((each) => each.key)).size).toBe(indicators.length);
    expect(indicators.filter((each) => each.order.length === 0).map((each) => each.key)).toEqual([]);
  });

  test('columns follow the code table, records without a value last', () => {
    expect(columnsOf(indicatorOf('basic.sex')!, ['', '2', '1', '2']).map((column) => column.code)).toEqual([
      '1',
      '2',
      '',
    ]);
  });
});
