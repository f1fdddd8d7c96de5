import type { SheetHead } from '../workbook/filled-sheet';
import { numberIn } from '../workbook/read-workbook';
import type { StagedRow } from './staged-rows';

/** The document number a row is about, by the head of its sheet; empty when it holds none. */
export function numberOf(heads: readonly SheetHead[], { sheet, filled }: Pick<StagedRow, 'sheet' | 'filled'>): string {
  const column = heads[sheet]?.columns.find((each) => each.person === 'number')?.column;
  return numberIn(filled.cells.get(column ?? 0));
}
