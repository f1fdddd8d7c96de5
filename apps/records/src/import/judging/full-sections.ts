import type { SectionKey } from '@shidang/catalogue';
import { mostRows } from '../../entry/most-rows';
import { wordsOf } from './issue';
import type { JudgedRow } from './judge-row';
import type { EntryOnFile, TeacherOnFile } from './on-file';

interface NewRow {
  readonly row: JudgedRow;
  readonly entry?: EntryOnFile;
}

/** Refuses new rows a section has no room for; the first ones still fit, as when they are typed one by one. */
export function refuseBeyondFull(candidates: readonly NewRow[], teacher: TeacherOnFile): void {
  const rows = new Map<SectionKey, number>();
  for (const { section } of teacher.entries) rows.set(section, (rows.get(section) ?? 0) + 1);
  for (const { row, entry } of candidates) {
    if (entry || row.isBad) continue;
    const section = row.sheet.section.key;
    const before = rows.get(section) ?? 0;
    if (before < mostRows) rows.set(section, before + 1);
    else row.sayAt(row.keyColumn ?? row.sheet.number, 'section_full', wordsOf('section_full', { limit: mostRows }));
  }
}
