/**
 * What one cell holds. A formula and an error are not values: they are reported, never believed.
 * `undefined` = blank.
 */
export type CellValue = string | number | boolean | Date | { readonly formula: true } | { readonly error: string };

export type FormulaCell = Extract<CellValue, { formula: true }>;
export type ErrorCell = Extract<CellValue, { error: string }>;

export const isFormula = (value: CellValue | undefined): value is FormulaCell =>
  typeof value === 'object' && !(value instanceof Date) && 'formula' in value;

export const isErrorCell = (value: CellValue | undefined): value is ErrorCell =>
  typeof value === 'object' && !(value instanceof Date) && 'error' in value;

/** A number or a date is never blank, whatever it is worth. */
export const isBlank = (value: CellValue | undefined): boolean =>
  value === undefined || (typeof value === 'string' && value.trim() === '');

/** What a cell shows: what somebody would type to get it. */
export function textOfCell(cell: CellValue): string {
  if (isFormula(cell)) return '';
  if (isErrorCell(cell)) return cell.error;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  return String(cell);
}

/** Days from 1899-12-30 (1904-01-01 in some files of Macintosh) as a date at UTC; Excel's 29 February 1900 is not repaired. */
export function dateOfSerial(serial: number, since1904: boolean): Date {
  const epoch = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  return new Date(epoch + Math.round(serial * 86_400_000));
}

const builtInDates = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** Does this number format show a date? Quoted text, escapes and [colours] do not count. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id);
  const bare = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/[_*]./g, '');
  return /[ymdhs年月日]/i.test(bare) && !/general/i.test(bare);
}

/** A=1 … XFD=16384, from a reference such as `AB12`; 0 when it is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length && i < 4; i++) {
    const code = reference.charCodeAt(i);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column;
}

export function columnLetter(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
