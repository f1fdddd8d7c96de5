import type { Category } from '@shidang/catalogue';
import type { SheetHead } from './filled-sheet';
import type { WireCell } from './parser-protocol';

/** What is to be marked in one sheet. */
export interface SheetMarks {
  readonly sheet: string;
  /** Row, column (0: the row as a whole), what is wrong. */
  readonly notes: readonly (readonly [row: number, column: number, words: string])[];
  /** Cells changed on screen: what they hold now; null is blank. */
  readonly cells: readonly (readonly [row: number, column: number, value: WireCell | null])[];
}

/** What the annotating process gets besides the file. */
export interface Annotation {
  readonly category: Category;
  readonly heads: readonly SheetHead[];
  readonly sheets: readonly SheetMarks[];
}

/** On the standard input of a process: length of what it is given (4 bytes), that as JSON, the file. */
export function framed(given: object, file: Buffer): Buffer {
  const json = Buffer.from(JSON.stringify(given));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, file]);
}

export function unframed<Given>(bytes: Buffer): { given: Given; file: Buffer } {
  const end = 4 + bytes.readUInt32BE(0);
  return {
    given: JSON.parse(bytes.subarray(4, end).toString('utf8')) as Given,
    file: bytes.subarray(end),
  };
}
