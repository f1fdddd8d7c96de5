import type { components } from '@shidang/client';
import { placeOf, type CellEdit } from '../mending/mend-line';

export type GridRow = components['schemas']['ImportGridRow'];
export type GridSheet = components['schemas']['ImportSheet'];
export type GridColumn = components['schemas']['ImportColumn'];
export type Finding = components['schemas']['ImportIssue'];

/** Row and column, from 0, among the rows loaded and the columns of the sheet. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** One cell as it is drawn. */
export interface CellView {
  readonly text: string;
  readonly kind?: 'formula' | 'error' | 'merged';
  readonly isMended: boolean;
  readonly isUnsaved: boolean;
  readonly findings: readonly Finding[];
}

/** Findings without a column of the sheet are about the row: they stand at its first cell. */
export const columnOfFinding = (columns: readonly GridColumn[], { column }: Finding): number =>
  Math.max(
    0,
    columns.findIndex((each) => each.column === column),
  );

export function cellView(
  row: GridRow,
  columns: readonly GridColumn[],
  at: number,
  unsaved: ReadonlyMap<string, CellEdit>,
): CellView {
  const column = columns[at]!;
  const cell = row.cells.find((each) => each.column === column.column);
  const edit = unsaved.get(placeOf({ sheet: row.sheet, row: row.row, column: column.column }));
  return {
    text: edit ? edit.value : (cell?.text ?? ''),
    ...(!edit && cell?.kind && { kind: cell.kind }),
    isMended: cell?.isMended === true,
    isUnsaved: edit !== undefined,
    // what was typed over is judged when the server has it
    findings: edit ? [] : row.findings.filter((each) => columnOfFinding(columns, each) === at),
  };
}

/** Cells with findings in the order of the sheet. */
export function foundPlaces(
  rows: readonly GridRow[],
  columns: readonly GridColumn[],
  unsaved: ReadonlyMap<string, CellEdit>,
): Place[] {
  return rows.flatMap((row, at) =>
    [...new Set(row.findings.map((each) => columnOfFinding(columns, each)))]
      .filter((column) => cellView(row, columns, column, unsaved).findings.length > 0)
      .sort((a, b) => a - b)
      .map((column) => ({ row: at, column })),
  );
}

const before = (a: Place, b: Place) => a.row < b.row || (a.row === b.row && a.column < b.column);

/** The next finding after a place (`1`) or before it (`-1`); from nowhere the first or the last. */
export function nextFound(places: readonly Place[], from: Place | undefined, direction: 1 | -1): Place | undefined {
  if (!from) return direction === 1 ? places[0] : places.at(-1);
  return direction === 1 ? places.find((each) => before(from, each)) : places.findLast((each) => before(each, from));
}

/** What a key does to the place; undefined: nothing to do with moving. */
export function moved(key: string, ctrl: boolean, from: Place, rows: number, columns: number): Place | undefined {
  const within = (row: number, column: number): Place => ({
    row: Math.min(rows - 1, Math.max(0, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return within(ctrl ? 0 : from.row - 1, from.column);
    case 'ArrowDown':
      return within(ctrl ? rows : from.row + 1, from.column);
    case 'ArrowLeft':
      return within(from.row, ctrl ? 0 : from.column - 1);
    case 'ArrowRight':
      return within(from.row, ctrl ? columns : from.column + 1);
    case 'PageUp':
      return within(from.row - 10, from.column);
    case 'PageDown':
      return within(from.row + 10, from.column);
    case 'Home':
      return within(ctrl ? 0 : from.row, 0);
    case 'End':
      return within(ctrl ? rows : from.row, columns);
    default:
      return undefined;
  }
}

/** What is typed in one sheet, row by row. */
export function unsavedByRow(
  unsaved: ReadonlyMap<string, CellEdit>,
  sheet: string,
): Map<number, Map<string, CellEdit>> {
  const rows = new Map<number, Map<string, CellEdit>>();
  for (const edit of unsaved.values()) {
    if (edit.sheet !== sheet) continue;
    const of = rows.get(edit.row) ?? new Map<string, CellEdit>();
    rows.set(edit.row, of.set(placeOf(edit), edit));
  }
  return rows;
}
