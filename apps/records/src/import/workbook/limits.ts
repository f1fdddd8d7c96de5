import { WorkbookFault } from './workbook-fault';

const megabyte = 1024 * 1024;

/** L4: bounds of what is read from one file, whatever the file says about itself. */
export const limits = {
  fileBytes: 20 * megabyte,
  /** Of all parts together. A full workbook of 800,000 cells has about 60 MB. */
  inflatedBytes: 128 * megabyte,
  parts: 500,
  sheets: 40,
  /** Row elements of one sheet, blank ones included. */
  rows: 100_000,
  /** Of one person in the whole workbook; nobody has done so much. */
  rowsOfOne: 500,
  columns: 256,
  /** Cell elements of the whole workbook. */
  cells: 800_000,
  /** What Excel itself allows in one cell. */
  characters: 32_767,
} as const;

/** Counts down what all parts of one file may inflate to. */
export class InflateBudget {
  private left = limits.inflatedBytes;

  take(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw new WorkbookFault('inflatesTooFar', { limitMb: limits.inflatedBytes / megabyte });
  }
}
