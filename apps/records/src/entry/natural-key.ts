import { rowKey, sectionOf, type SectionKey, type Values } from '@shidang/catalogue';

/**
 * What identifies a repeating row (`identifiedBy`), as text: re-importing the same content finds the same row. Null for
 * single sections and for rows in which none of the identifying values is there yet. Identifying values are never sensitive.
 */
export const naturalKeyOf = (section: SectionKey, values: Values): string | null =>
  rowKey(sectionOf(section), values) ?? null;
