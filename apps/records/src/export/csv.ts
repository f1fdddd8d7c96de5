/** Byte order mark: without it spreadsheets read UTF-8 as GBK. */
export const byteOrderMark = '\ufeff';

/** What spreadsheets would run as a formula (D3). */
const runs = /^[=+\-@\t\r]/;

/** One cell: never a formula, quoted when it must be. */
export function csvCell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const tame = runs.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

export const csvLine = (cells: readonly (string | number | null | undefined)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`;
