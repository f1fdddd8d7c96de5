import type { Category, SectionKey, Value } from '@shidang/catalogue';
import type { RecordStage } from '@shidang/contracts';
import type { FillState } from '../../entry/fill-rule';
import type { StoredValues } from '../../value/sealed-values';

/** A row on file, opened. */
export interface EntryOnFile {
  readonly id: string;
  readonly section: SectionKey;
  readonly naturalKey: string | null;
  readonly version: number;
  readonly values: Readonly<Record<string, Value>>;
  readonly stored: StoredValues;
  readonly isEffective: boolean;
}

/** A teacher within the caller's scope, with everything on file. */
export interface TeacherOnFile {
  readonly id: string;
  readonly orgPath: string;
  readonly category: Category;
  readonly state: FillState & { stage: RecordStage };
  readonly version: number;
  /** Identity facts as values of the basic section. */
  readonly identity: Readonly<Record<string, unknown>>;
  readonly entries: readonly EntryOnFile[];
}
