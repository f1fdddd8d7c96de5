import { PassThrough } from 'node:stream';
import { catalogueVersion, categories, exampleRow, sections, type Category, type Section } from '@shidang/catalogue';
import ExcelJS from 'exceljs';
import { exampleMark, referenceSheetName, sheetColumns, type SheetColumn } from './section-sheet';

/** Rows of a sheet that offer lists and hints; text columns are text all the way down. */
const lastOfferedRow = 5000;
const firstDataRow = 3;

/** Where each list of choices stands on the reference sheet. */
class ReferenceSheet {
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

  write(workbook: ExcelJS.stream.xlsx.WorkbookWriter, category: Category): void {
    const sheet = workbook.addWorksheet(referenceSheetName, { state: 'hidden' });
    const lists = [...this.lists.values()];
    sheet.addRow([`师档 Shidang ${catalogueVersion} ${category}`]).commit();
    sheet.addRow(lists.map((each) => each.title)).commit();
    const longest = Math.max(...lists.map((each) => each.options.length));
    for (let i = 0; i < longest; i++) sheet.addRow(lists.map((each) => each.options[i] ?? null)).commit();
    sheet.commit();
  }
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

const shade = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

function addSection(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  section: Section,
  category: Category,
  codes: ReferenceSheet,
) {
  const sheet = workbook.addWorksheet(section.zhName, { views: [{ state: 'frozen', xSplit: 2, ySplit: 1 }] });
  const columns = sheetColumns(section, category);
  sheet.columns = columns.map(({ column, title }) => ({
    width: Math.min(32, Math.max(14, title.length * 2 + 2)),
    style: { numFmt: column.asText ? '@' : 'General' },
  }));
  const header = sheet.addRow(columns.map((each) => each.title));
  header.eachCell((cell, at) => {
    const starred = columns[at - 1]?.title.startsWith('*');
    cell.font = { bold: true, color: { argb: starred ? 'FFCF1322' : 'FF1F1F1F' } };
    cell.fill = shade('FFF0F5FF');
    cell.alignment = { wrapText: true, vertical: 'middle' };
  });
  header.commit();
  const example = sheet.addRow(exampleCells(section, category, columns));
  example.eachCell((cell) => {
    cell.font = { italic: true, color: { argb: 'FF8C8C8C' } };
  });
  example.commit();
  for (const [index, column] of columns.entries()) offer(sheet, index + 1, column, codes);
  sheet.commit();
}

/** What must be filled, as it would be typed; the first cell says that this row is only an example. */
function exampleCells(section: Section, category: Category, columns: readonly SheetColumn[]): string[] {
  const required = new Set(Object.keys(exampleRow(section, category)));
  return columns.map(({ column, person }, index) => {
    if (index === 0) return `${exampleMark}（本行导入时跳过）：${column.example}`;
    return person || required.has(column.key) ? column.example : '';
  });
}

/** `dataValidations` of a streamed sheet is there, but missing from the typings of exceljs 4.4. */
interface Validated {
  dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void };
}

function offer(sheet: ExcelJS.Worksheet, at: number, sheetColumn: SheetColumn, codes: ReferenceSheet): void {
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
  (sheet as unknown as Validated).dataValidations.add(
    `${letter}${firstDataRow}:${letter}${lastOfferedRow}`,
    validation,
  );
}

/** The workbook of a category: one sheet per section, code lists on a hidden sheet, no macros. */
export async function templateWorkbook(category: Category): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  workbook.creator = '师档 Shidang';
  const codes = new ReferenceSheet();
  for (const section of sections) addSection(workbook, section, category, codes);
  codes.write(workbook, category);
  await workbook.commit();
  return Buffer.concat(chunks);
}

export const templateFileName = (category: Category): string =>
  `教师信息采集模板-${categories.find((each) => each.key === category)?.zhName ?? category}-${catalogueVersion}.xlsx`;
