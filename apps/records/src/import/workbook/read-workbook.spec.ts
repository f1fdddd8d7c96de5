import { handmadeWorkbook } from '@shidang/seed';
import { columnLetter, columnOf, dateOfSerial, isDateFormat, type CellValue } from './cell-value';
import { readWorkbook } from './read-workbook';

const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const header = `<row>${['*身份证件号', '*姓名', '出生日期', '教职工号'].map(inline).join('')}</row>`;
const sheet = (rows: string, after = '') =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${header}${rows}</sheetData>${after}</worksheet>`;
const dateStyles = `<styleSheet xmlns="x"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`;

async function cellsOf(rows: string, after = ''): Promise<(CellValue | undefined)[][]> {
  const file = handmadeWorkbook(sheet(rows, after), [{ name: 'xl/styles.xml', xml: dateStyles }]);
  const { people } = await readWorkbook(file);
  return people.flatMap((person) => person.rows.map(({ row }) => [1, 2, 3, 4].map((column) => row.cells.get(column))));
}

describe('cells', () => {
  it('without references follow each other', async () => {
    expect(await cellsOf(`<row>${inline('331102198001010019')}${inline('王小明')}</row>`)).toEqual([
      ['331102198001010019', '王小明', undefined, undefined],
    ]);
  });

  it('shown as dates are dates, other numbers numbers', async () => {
    const [cells] = await cellsOf(
      `<row>${inline('1')}<c r="C2" s="1"><v>42614</v></c><c r="D2" s="0"><v>42614</v></c></row>`,
    );
    expect(cells!.slice(2)).toEqual([new Date('2016-09-01T00:00:00Z'), 42614]);
  });

  it('with formulas and errors are not values', async () => {
    const [cells] = await cellsOf(
      `<row>${inline('1')}<c r="C2"><f>TODAY()</f><v>42614</v></c><c r="D2" t="e"><v>#N/A</v></c></row>`,
    );
    expect(cells!.slice(2)).toEqual([{ formula: true }, { error: '#N/A' }]);
  });

  it('of rich text are joined, phonetic hints left out', async () => {
    const rich = `<c r="B2" t="inlineStr"><is><r><t>王</t></r><r><t>小明</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>`;
    expect((await cellsOf(`<row>${inline('1')}${rich}</row>`))[0]![1]).toBe('王小明');
  });

  it('with invisible escapes are decoded', async () => {
    expect((await cellsOf(`<row>${inline('1')}${inline('a_x000D_b')}</row>`))[0]![1]).toBe('a\rb');
  });
});

describe('a sheet', () => {
  it('may carry a namespace prefix', async () => {
    const prefixed = sheet(`<row>${inline('1')}${inline('王小明')}</row>`)
      .replace('xmlns=', 'xmlns:x=')
      .replace(/<(\/?)(\w)/g, '<$1x:$2');
    const { people } = await readWorkbook(handmadeWorkbook(prefixed));
    expect(people.map((each) => each.number)).toEqual(['1']);
  });

  it('with merged cells says where, and which cells have no value of their own', async () => {
    const rows = `<row r="2">${inline('1')}${inline('甲')}</row><row r="3">${inline('2')}</row>`;
    const file = handmadeWorkbook(sheet(rows, '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'));
    const { heads, people } = await readWorkbook(file);
    expect(heads[0]!.findings).toEqual([{ code: 'merged_cells', row: 2, column: 2, text: 'B2:B3' }]);
    expect(people.map((each) => each.rows[0]!.row.hidden)).toEqual([[], [2]]);
  });

  it('without the header of the template is not read', async () => {
    const bare = `<worksheet xmlns="x"><sheetData><row r="1">${inline('名单')}</row></sheetData></worksheet>`;
    const { heads, rows } = await readWorkbook(handmadeWorkbook(bare));
    expect(heads[0]!.findings.map((each) => each.code)).toEqual(['no_header']);
    expect(rows).toBe(0);
  });

  it('with one number in all its rows is refused: the column was filled down', async () => {
    const rows = `<row>${inline('331102198001010019')}${inline('甲')}</row>`.repeat(501);
    await expect(readWorkbook(handmadeWorkbook(sheet(rows)))).rejects.toMatchObject({ fault: 'tooManyOfOne' });
  });

  it('with thousands of rows of nobody is read in pieces', async () => {
    const rows = `<row><c r="B2" t="inlineStr"><is><t>甲</t></is></c></row>`.repeat(1201);
    const { people } = await readWorkbook(handmadeWorkbook(sheet(rows)));
    expect(people.map((each) => each.rows.length)).toEqual([500, 500, 201]);
  });

  it('that is broken inside is refused in words', async () => {
    await expect(readWorkbook(handmadeWorkbook('<worksheet><sheetData><row>'))).rejects.toMatchObject({
      fault: 'unreadable',
    });
  });
});

it('columns have letters', () => {
  for (const column of [1, 26, 27, 52, 53, 702, 703, 16384]) expect(columnOf(`${columnLetter(column)}7`)).toBe(column);
  expect(columnLetter(16384)).toBe('XFD');
});

it('dates count from 1900, or from 1904', () => {
  expect(dateOfSerial(42614, false).toISOString()).toBe('2016-09-01T00:00:00.000Z');
  expect(dateOfSerial(42614 - 1462, true).toISOString()).toBe('2016-09-01T00:00:00.000Z');
});

it.each([
  [14, undefined, true],
  [0, undefined, false],
  [164, '0.00', false],
  [164, '[Red]0;"days"', false],
  [164, '[$-804]yyyy"年"m"月"', true],
  [164, '@', false],
  [164, 'General', false],
])('format %s %s shows a date: %s', (id, code, expected) => {
  expect(isDateFormat(id, code)).toBe(expected);
});
