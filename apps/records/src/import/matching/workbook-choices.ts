import type { SectionKey } from '@shidang/catalogue';
import type { SheetChoices } from './match-columns';

/** All that was said about the columns of a workbook: for its sheets by name, and by the organisation before. */
export interface WorkbookChoices {
  readonly chosen?: Readonly<Record<string, SheetChoices>>;
  readonly kept?: Readonly<Partial<Record<SectionKey, SheetChoices>>>;
}
