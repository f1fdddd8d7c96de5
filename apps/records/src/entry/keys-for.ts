import { allows, type Caller } from '@shidang/access';
import { sectionOf, type Section, type SectionKey } from '@shidang/catalogue';
import type { RecordHead } from '../teacher/record-state';
import { fillerOf, openKeys, type Target } from './fill-rule';

/** Keys this caller may fill, row by row: an effective row is closed while one added since is open. */
export function keysFor(caller: Caller, head: RecordHead, section: Section | SectionKey) {
  const fills = allows(caller, 'record.fill');
  const { key } = typeof section === 'string' ? sectionOf(section) : section;
  return (target: Target | undefined): string[] =>
    fills ? openKeys(fillerOf(caller), head.state, key, target, head.category) : [];
}
