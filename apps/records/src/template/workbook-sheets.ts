import { PassThrough } from 'node:stream';
import { catalogueVersion, type Category, type Section } from '@shidang/catalogue';
import type ExcelJS from 'exceljs';
import { referenceSheetName, sheetColumns, type SheetColumn } from './section-sheet';

/** Rows of a sheet that offer lists and hints; text columns are text all the way down. */
const lastOfferedRow = 5000;

export type WritingWorkbook = ExcelJS.stream.xlsx.WorkbookWriter;

/** Where each list of choices stands on the reference sheet. */
export class ReferenceSheet {
  private readonly lists = new Map<string, { column: number; title: string; options: readonly string[] }>();

  /** Range of a list, for a drop-down. */
  rangeOf({ column }: SheetColumn): string {
    const { options = [], codeTable = '' } = column;
    let list = this.lists.get(codeTable);
    if (!list) {
      list = { column: this.lists.size + 1, title: column.header, options };
      this.lists.set(codeTable, list);
    }
    const letter = letters(list.column);
    return `'${referenceSheetName}'!$${letter}$3:$${letter}$${options.length + 2}`;
  }

  write(workbook: WritingWorkbook, category: Category): void {
    const sheet = workbook.addWorksheet(referenceSheetName, { state: 'hidden' });
    const lists = [...this.lists.values()];
    sheet.addRow([`师档 Shidang ${catalogueVersion} ${category}`]).commit();
    sheet.addRow(lists.map((each) => each.title)).commit();
    const longest = Math.max(0, ...lists.map((each) => each.options.length));
    for (let i = 0; i < longest; i++) sheet.addRow(lists.map((each) => each.options[i] ?? null)).commit();
    sheet.commit();
  }
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

export const shade = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

export const widthOf = (title: string): number => Math.min(32, Math.max(14, title.length * 2 + 2));

/** As a header looks; what must be filled is red. */
export function dressHeader(cell: ExcelJS.Cell, starred: boolean): void {
  cell.font = { bold: true, color: { argb: starred ? 'FFCF1322' : 'FF1F1F1F' } };
  cell.fill = shade('FFF0F5FF');
  cell.alignment = { wrapText: true, vertical: 'middle' };
}

/** A sheet with its header; rows follow, `offerChoices` and `commit` end it. */
export function openSheet(workbook: WritingWorkbook, section: Section, category: Category): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(section.zhName, { views: [{ state: 'frozen', xSplit: 2, ySplit: 1 }] });
  const columns = sheetColumns(section, category);
  sheet.columns = columns.map(({ column, title }) => ({
    width: widthOf(title),
    style: { numFmt: column.asText ? '@' : 'General' },
  }));
  const header = sheet.addRow(columns.map((each) => each.title));
  header.eachCell((cell, at) => dressHeader(cell, columns[at - 1]?.title.startsWith('*') === true));
  header.commit();
  return sheet;
}

/** `dataValidations` of a streamed sheet is there, but missing from the typings of exceljs 4.4. */
interface Validated {
  dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void };
}

/** Drop-down lists and hints for one column, from `firstRow` down. */
export function offer(
  sheet: ExcelJS.Worksheet,
  at: number,
  sheetColumn: SheetColumn,
  codes: ReferenceSheet,
  firstRow: number,
): void {
  const { column } = sheetColumn;
  const letter = letters(at);
  const prompt = {
    showInputMessage: true,
    promptTitle: column.header.slice(0, 32),
    prompt: `${column.hint.zh}\n${column.hint.en}`.slice(0, 255),
    allowBlank: true,
  };
  const validation: ExcelJS.DataValidation = column.options
    ? {
        ...prompt,
        type: 'list',
        formulae: [codes.rangeOf(sheetColumn)],
        // a code or a name alone is as good, and several are written with commas: a warning at most
        showErrorMessage: !column.multiValue,
        errorStyle: 'warning',
        errorTitle: column.header.slice(0, 32),
        error: '不在下拉列表中，也可以只填代码或名称',
      }
    : { ...prompt, type: 'custom', formulae: ['TRUE'] };
  (sheet as unknown as Validated).dataValidations.add(`${letter}${firstRow}:${letter}${lastOfferedRow}`, validation);
}

export function offerChoices(
  sheet: ExcelJS.Worksheet,
  section: Section,
  category: Category,
  codes: ReferenceSheet,
  firstRow: number,
): void {
  for (const [index, column] of sheetColumns(section, category).entries())
    offer(sheet, index + 1, column, codes, firstRow);
}

/** A workbook written as a stream, collected. */
export async function writtenWorkbook(write: (workbook: WritingWorkbook) => Promise<void> | void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  workbook.creator = '师档 Shidang';
  await write(workbook);
  await workbook.commit();
  return Buffer.concat(chunks);
}
