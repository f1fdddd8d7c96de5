import { normaliseDocument } from '@shidang/catalogue';
import type { CellValue } from './cell-value';
import { sectionOfSheet } from '../../template/section-sheet';
import type { WorkbookChoices } from '../matching/workbook-choices';
import { FilledSheet, sectionOrder, type FilledRow, type SheetHead, type SheetSaid } from './filled-sheet';
import { InflateBudget, limits } from './limits';
import { readSheet, type CellBudget } from './sheet-rows';
import { WorkbookFault } from './workbook-fault';
import { readParts } from './workbook-parts';
import { openArchive } from './zip-archive';

/** One person's rows of all sheets. `sheet` is an index into the heads. */
export interface PersonRows {
  /** The document number as written, normalised; empty when the cells hold none. */
  readonly number: string;
  readonly rows: readonly { readonly sheet: number; readonly row: FilledRow }[];
}

export interface ReadWorkbook {
  readonly heads: readonly SheetHead[];
  /** In the order in which the workbook names them first: the same file gives the same order every time. */
  readonly people: readonly PersonRows[];
  readonly rows: number;
}

/** The number that says whose row it is; cells that hold no number at all make one group together. */
export function numberIn(value: CellValue | undefined): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  // 1.9E+17: the spreadsheet has lost the last digits, whoever it was
  if (typeof value === 'number' && !(Math.abs(value) < 1e15)) return '';
  return normaliseDocument({ type: '', number: String(value) }).number;
}

/** Reads a whole workbook, within the limits. Throws `WorkbookFault` for a file that is not to be taken. */
export async function readWorkbook(bytes: Buffer, choices: WorkbookChoices = {}): Promise<ReadWorkbook> {
  const entries = openArchive(bytes);
  const budget = new InflateBudget();
  const parts = await readParts(bytes, entries, budget);
  const cells: CellBudget = { left: limits.cells };
  const sheets: FilledSheet[] = [];
  for (const part of parts.sheets) {
    const sheet = new FilledSheet(part.name, choicesFor(choices, part.name));
    sheet.finish(await readSheet(bytes, part, parts, budget, cells, (row) => sheet.take(row)));
    sheets.push(sheet);
  }
  if (!sheets.some((sheet) => sheet.section)) throw new WorkbookFault('noSections');
  sheets.sort((a, b) => orderOf(a) - orderOf(b));
  const people = new Map<string, { sheet: number; row: FilledRow }[]>();
  let rows = 0;
  for (const [index, sheet] of sheets.entries()) {
    for (const row of sheet.rows) {
      rows++;
      const number = numberIn(row.cells.get(sheet.numberColumn ?? 0));
      const group = people.get(number);
      if (!group) people.set(number, [{ sheet: index, row }]);
      else if (number === '' || group.length < limits.rowsOfOne) group.push({ sheet: index, row });
      else throw new WorkbookFault('tooManyOfOne', { sheet: sheet.sheet, row: row.row, limit: limits.rowsOfOne });
    }
  }
  return {
    heads: sheets.map((sheet) => sheet.head()),
    people: [...people].flatMap(([number, of]) => inPieces(of).map((piece) => ({ number, rows: piece }))),
    rows,
  };
}

function choicesFor({ chosen, kept }: WorkbookChoices, sheet: string): SheetSaid {
  const section = sectionOfSheet(sheet)?.key;
  return { chosen: chosen?.[sheet], kept: section && kept?.[section] };
}

/** Rows that belong to nobody have nothing to do with each other: in pieces they stop nobody from working. */
function inPieces<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < rows.length; from += limits.rowsOfOne)
    pieces.push(rows.slice(from, from + limits.rowsOfOne));
  return pieces;
}

const orderOf = (sheet: FilledSheet) => (sheet.section ? sectionOrder(sheet.section.key) : limits.sheets);
