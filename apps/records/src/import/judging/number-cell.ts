import { findIndicator, identityFacts, normalise } from '@shidang/catalogue';
import { isErrorCell, isFormula } from '../workbook/cell-value';
import { wordsOf } from './issue';
import type { JudgedRow } from './judge-row';

const number = findIndicator('basic', identityFacts.documentNumber)!;

/** What is wrong with the cell that should say whose row it is: empty, a formula, a number that lost its digits. */
export function checkNumberCell(row: JudgedRow): void {
  const column = row.sheet.number;
  const cell = column && row.filled.cells.get(column.column);
  if (cell === undefined || (typeof cell === 'string' && cell.trim() === '')) {
    row.sayAt(column, 'number_required', wordsOf('number_required'));
    return;
  }
  if (isFormula(cell)) return row.sayAt(column, 'formula_cell', wordsOf('formula_cell'));
  if (isErrorCell(cell)) return row.sayAt(column, 'error_cell', wordsOf('error_cell'));
  const read = normalise(number, cell, row.sheet.category);
  if ('code' in read) row.sayAt(column, read.code, read.words, { fix: read.fix });
}
