import type { CellValue } from './cell-value';
import type { FilledRow, SheetHead } from './filled-sheet';
import type { PersonRows } from './read-workbook';
import type { FaultName } from './workbook-fault';

/** One line of JSON each, from the parser process to the service. */
export type ParserLine =
  | { readonly kind: 'fault'; readonly fault: FaultName; readonly facts: Record<string, string | number> }
  | { readonly kind: 'heads'; readonly heads: readonly SheetHead[]; readonly rows: number; readonly people: number }
  | { readonly kind: 'person'; readonly number: string; readonly rows: readonly WireRow[] }
  | { readonly kind: 'end' };

export type WireCell = string | number | boolean | { d: number } | { f: true } | { e: string };
/** Sheet, row, cells by column, hidden columns. */
export type WireRow = readonly [
  sheet: number,
  row: number,
  cells: readonly (readonly [number, WireCell])[],
  hidden?: readonly number[],
];

export function toWire(value: CellValue): WireCell {
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return { d: value.getTime() };
  return 'formula' in value ? { f: true } : { e: value.error };
}

export function fromWire(cell: WireCell): CellValue {
  if (typeof cell !== 'object') return cell;
  if ('d' in cell) return new Date(cell.d);
  return 'f' in cell ? { formula: true } : { error: cell.e };
}

export const personToWire = (person: PersonRows): ParserLine => ({
  kind: 'person',
  number: person.number,
  rows: person.rows.map(({ sheet, row }): WireRow => {
    const cells = [...row.cells].map(([column, value]) => [column, toWire(value)] as const);
    return row.hidden ? [sheet, row.row, cells, row.hidden] : [sheet, row.row, cells];
  }),
});

export const personFromWire = (number: string, rows: readonly WireRow[]): PersonRows => ({
  number,
  rows: rows.map(([sheet, row, cells, hidden]): { sheet: number; row: FilledRow } => ({
    sheet,
    row: { row, cells: new Map(cells.map(([column, cell]) => [column, fromWire(cell)])), ...(hidden && { hidden }) },
  })),
});
