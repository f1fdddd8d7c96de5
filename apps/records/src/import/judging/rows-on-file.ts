import { canonicalJson, type SectionKey, type Value } from '@shidang/catalogue';
import type { JudgedRow } from './judge-row';
import type { EntryOnFile, TeacherOnFile } from './on-file';

/** Finds the entry a row of the workbook is about, and rows that are about the same one. */
export class RowsOnFile {
  private readonly byKey = new Map<string, EntryOnFile>();
  private readonly seen = new Map<string, number>();

  constructor(teacher: TeacherOnFile) {
    for (const entry of teacher.entries) this.byKey.set(keyOf(entry.section, entry.naturalKey, entry.values), entry);
  }

  find(
    section: SectionKey,
    naturalKey: string | null,
    values: Readonly<Record<string, Value>>,
  ): EntryOnFile | undefined {
    return this.byKey.get(keyOf(section, naturalKey, values));
  }

  /** Row of the workbook that was about the same entry before. */
  earlier(row: JudgedRow, naturalKey: string | null): number | undefined {
    const key = keyOf(row.sheet.section.key, naturalKey, row.values);
    const before = this.seen.get(key);
    if (before === undefined) this.seen.set(key, row.row);
    return before;
  }
}

export const isSingle = (section: SectionKey) => section === 'basic' || section === 'contact';

/** Rows without any identifying value are the same when everything in them is. */
function keyOf(section: SectionKey, naturalKey: string | null, values: Readonly<Record<string, Value>>): string {
  if (isSingle(section)) return section;
  return `${section}\0${naturalKey ?? `=${canonicalJson(values)}`}`;
}
