import { constants, deflateRawSync } from 'node:zlib';

/** A part of a hand-made archive. */
interface Part {
  readonly name: string;
  /** Plain bytes, or already compressed ones. */
  readonly bytes: Buffer;
  readonly deflated?: boolean;
}

const text = (xml: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`);

/** A zip archive as small as it can be; checksums are left zero, as nobody here believes them. */
function archive(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const data = part.deflated ? part.bytes : deflateRawSync(part.bytes);
    const name = Buffer.from(part.name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(part.bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(part.bytes.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    pieces.push(local, name, data);
    directory.push(central, name);
    offset += local.length + name.length + data.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, ...directory, end]);
}

const officeNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const sheetNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The parts every workbook has, around one sheet named 基本信息. */
function workbookAround(sheet: Part, more: readonly Part[] = [], mainType = 'sheet.main'): Buffer {
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.${mainType.includes('macro') ? 'ms-excel' : 'openxmlformats-officedocument.spreadsheetml'}.${mainType}+xml"/></Types>`;
  const root = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${officeNamespace}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
  const workbook = `<workbook xmlns="${sheetNamespace}" xmlns:r="${officeNamespace}"><sheets><sheet name="基本信息" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${officeNamespace}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${officeNamespace}/styles" Target="styles.xml"/></Relationships>`;
  return archive([
    { name: '[Content_Types].xml', bytes: text(types) },
    { name: '_rels/.rels', bytes: text(root) },
    { name: 'xl/workbook.xml', bytes: text(workbook) },
    { name: 'xl/_rels/workbook.xml.rels', bytes: text(relations) },
    sheet,
    ...more,
  ]);
}

const sheetPart = (data: string): Part => ({
  name: 'xl/worksheets/sheet1.xml',
  bytes: text(`<worksheet xmlns="${sheetNamespace}"><sheetData>${data}</sheetData></worksheet>`),
});

/** A workbook written by hand around one sheet 基本信息: for dialects no program at hand writes. */
export const handmadeWorkbook = (sheetXml: string, more: readonly { name: string; xml: string }[] = []): Buffer =>
  workbookAround(
    { name: 'xl/worksheets/sheet1.xml', bytes: text(sheetXml) },
    more.map(({ name, xml }) => ({ name, bytes: text(xml) })),
  );

/** One deflated megabyte after which decompression starts afresh: repeating it inflates to as many megabytes. */
function repeated(megabyte: Buffer, times: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const once = deflateRawSync(megabyte, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const start = deflateRawSync(before, { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([start, ...Array.from({ length: times }, () => once), Buffer.from([0x03, 0x00])]);
}

const megabyte = 1024 * 1024;

/** About half a megabyte that inflates to 600. The size it declares is a lie. */
export const zipBomb = (): Buffer =>
  workbookAround({
    name: 'xl/worksheets/sheet1.xml',
    bytes: repeated(Buffer.alloc(megabyte, 0x20), 600),
    deflated: true,
  });

/** A million blank rows, as a spreadsheet program writes them when somebody formatted them all. */
export const millionBlankRows = (): Buffer => {
  const rows = Buffer.from('<row r="1" spans="1:1"/>'.repeat(Math.floor(megabyte / 24)));
  const start = text(`<worksheet xmlns="${sheetNamespace}"><sheetData>`);
  return workbookAround({ name: 'xl/worksheets/sheet1.xml', bytes: repeated(rows, 23, start), deflated: true });
};

function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

export const sixteenThousandColumns = (): Buffer => {
  const cells = Array.from(
    { length: 16_000 },
    (_, i) => `<c r="${columnName(i + 1)}1" t="inlineStr"><is><t>x</t></is></c>`,
  );
  return workbookAround(sheetPart(`<row r="1">${cells.join('')}</row>`));
};

/** What a spreadsheet program makes of a workbook with a password: a compound file around an encrypted package. */
export function encryptedWorkbook(): Buffer {
  const file = Buffer.alloc(8 * 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  Buffer.from('EncryptionInfo', 'utf16le').copy(file, 1024);
  Buffer.from('EncryptedPackage', 'utf16le').copy(file, 1024 + 128);
  return file;
}

/** A workbook of before 2007. */
export function oldWorkbook(): Buffer {
  const file = Buffer.alloc(8 * 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  Buffer.from('Workbook', 'utf16le').copy(file, 1024);
  return file;
}

/** A workbook with macros whose name somebody changed to .xlsx. */
export const renamedMacroWorkbook = (): Buffer =>
  workbookAround(
    sheetPart(''),
    [{ name: 'xl/vbaProject.bin', bytes: Buffer.alloc(4096, 1) }],
    'sheet.macroEnabled.main',
  );

/** The upload broke off. */
export const truncated = (file: Buffer): Buffer => Buffer.from(file.subarray(0, Math.floor(file.length * 0.6)));

/** A declaration that would read a file of the server. */
export const externalEntity = (): Buffer =>
  workbookAround({
    name: 'xl/worksheets/sheet1.xml',
    bytes: text(
      `<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet xmlns="${sheetNamespace}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>`,
    ),
  });

/** A part whose name climbs out of the folder it would be unpacked into. */
export const climbingName = (): Buffer =>
  workbookAround(sheetPart(''), [{ name: 'xl/../../../etc/cron.d/x', bytes: Buffer.from('x') }]);

/** An archive inside the archive. */
export const nestedArchive = (): Buffer =>
  workbookAround(sheetPart(''), [
    { name: 'xl/embeddings/more.zip', bytes: archive([{ name: 'x', bytes: Buffer.from('x') }]) },
  ]);

/** A zip file that is no workbook. */
export const plainArchive = (): Buffer => archive([{ name: 'readme.txt', bytes: Buffer.from('hello') }]);
