import type { SectionKey } from '@shidang/catalogue';
import type { SheetChoices } from './match-columns';

/** By `headerMark`: what was said about a header holds for the same header alone. */
export type KeptHeaders = Readonly<Record<string, SheetChoices>>;

/** All that was said about the columns of a workbook: for its sheets by name, and by the organisation before. */
export interface WorkbookChoices {
  readonly chosen?: Readonly<Record<string, SheetChoices>>;
  readonly kept?: Readonly<Partial<Record<SectionKey, KeptHeaders>>>;
}
