import { maySeeSection, type Caller } from '@shidang/access';
import { findSection, type Section } from '@shidang/catalogue';
import { recordsRefusals } from '@shidang/contracts';
import type { EntryRow } from './entry-row';

/** The section of that name as far as this role may know of it; what he may not see is as if it were not there (A3). */
export function sectionFor(caller: Caller, key: string): Section {
  const section = findSection(key);
  if (!section || !maySeeSection(caller.role, section.key)) throw recordsRefusals.sectionNotFound({});
  return section;
}

export function entryIn(entries: readonly EntryRow[], section: Section, entryId: string): EntryRow {
  const entry = entries.find((each) => each.id === entryId && each.section === section.key);
  if (!entry) throw recordsRefusals.entryNotFound({});
  return entry;
}
