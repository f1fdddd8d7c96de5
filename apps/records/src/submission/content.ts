import { canonicalJson, type Category, type SectionKey, type Value } from '@shidang/catalogue';
import type { Vault } from '@shidang/persistence';
import type { Sealed, StoredValues } from '../value/sealed-values';

/** A row as submitted; sensitive values stay sealed, which is why an unchanged row hashes alike. */
export interface ContentEntry {
  id: string;
  section: SectionKey;
  version: number;
  values: StoredValues;
}

/** The one value a change request is about (工作方案 五(五)). */
export interface ContentChange {
  id: string;
  entryId: string;
  section: SectionKey;
  indicator: string;
  before: Value | Sealed | null;
  after: Value | Sealed | null;
}

export interface SubmittedContent {
  teacherId: string;
  category: Category;
  identity: { name: string; sex: string; birthDate: string; docType: string; docBlind: string };
  entries: ContentEntry[];
  changes: ContentChange[];
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** Keyed hash over canonical JSON with the catalogue version: what a decision is bound to. */
export const hashOf = (vault: Vault, content: SubmittedContent, catalogueVersion: string): string =>
  vault.contentHash(
    canonicalJson({
      catalogueVersion,
      ...content,
      entries: [...content.entries].sort(byId),
      changes: [...content.changes].sort(byId),
    }),
  );

const asText = (value: unknown) => (value === undefined ? '' : canonicalJson(value));

/** Keys whose stored value differs; an unchanged sensitive value keeps its seal and so compares equal. */
export function differingKeys(before: StoredValues | null | undefined, after: StoredValues): string[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
  return [...keys].filter((key) => asText(before?.[key]) !== asText(after[key])).sort();
}
