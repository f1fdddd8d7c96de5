import { PassThrough } from 'node:stream';
import type { SampleCell, SampleSheet } from './sample-sheets';

/** Loaded by whoever writes: most who invent people never do. */
const excel = async () => (await import('exceljs')).default;

const isFormula = (cell: SampleCell): cell is Extract<SampleCell, { formula: string }> =>
  typeof cell === 'object' && cell !== null && 'formula' in cell;

/** Writes the sheets as a spreadsheet program would: texts as text, numbers as numbers. */
export async function writeWorkbook(sheets: readonly SampleSheet[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { stream } = await excel();
  const workbook = new stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: true });
  for (const sheet of sheets) {
    const written = workbook.addWorksheet(sheet.name);
    written.addRow(sheet.header).commit();
    for (const cells of sheet.rows) {
      const row = written.addRow(
        cells.map((cell) => (isFormula(cell) ? { formula: cell.formula, result: cell.result } : cell)),
      );
      for (const [index, cell] of cells.entries()) {
        if (cell instanceof Date) row.getCell(index + 1).numFmt = 'yyyy-mm-dd';
      }
      row.commit();
    }
    written.commit();
  }
  await workbook.commit();
  return Buffer.concat(chunks);
}

/** The same content as another program saves it: other parts, other order of attributes, cells written in another way. */
export async function resaved(file: Buffer): Promise<Buffer> {
  const { Workbook } = await excel();
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(file).buffer);
  workbook.modified = new Date('2024-07-01T00:00:00Z');
  const bytes = await workbook.xlsx.writeBuffer({ useSharedStrings: false, useStyles: true });
  return Buffer.from(bytes);
}

/** Changes single cells of a workbook, as somebody with a spreadsheet program would. */
export async function edited(
  file: Buffer,
  edits: readonly { readonly sheet: string; readonly cell: string; readonly value: string | number }[],
): Promise<Buffer> {
  const { Workbook } = await excel();
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(file).buffer);
  for (const { sheet, cell, value } of edits) {
    const found = workbook.getWorksheet(sheet);
    if (!found) throw new Error(`no sheet ${sheet}`);
    found.getCell(cell).value = value;
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
