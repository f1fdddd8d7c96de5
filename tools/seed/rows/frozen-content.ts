import { canonicalJson, catalogueVersion, type Category, type Value } from '@shidang/catalogue';
import type { KeptEntry } from './entry-rows';

interface Content {
  readonly category: Category;
  readonly identity: Readonly<Record<string, string>>;
  /** In order of their ids. */
  readonly entries: readonly KeptEntry[];
}

const entriesText = (entries: readonly KeptEntry[]): string =>
  entries
    .map(
      ({ id, section, version, text }) => `{"id":"${id}","section":"${section}","values":${text},"version":${version}}`,
    )
    .join(',');

/** What a submission freezes, as canonical JSON put together from the entries' own; `hashed` is what its hash is made of. */
export function submittedText(teacherId: string, { category, identity, entries }: Content) {
  const rest = `"category":"${category}","changes":[],"entries":[${entriesText(entries)}],"identity":${canonicalJson(identity)},"teacherId":"${teacherId}"}`;
  return { content: `{${rest}`, hashed: `{"catalogueVersion":"${catalogueVersion}",${rest}` };
}

/** The whole record as it took effect. */
export const effectiveText = (
  { category, identity, entries }: Content,
  derived: Readonly<Record<string, Value>>,
): string =>
  `{"category":"${category}","derived":${canonicalJson(derived)},"entries":[${entriesText(entries)}],"identity":${canonicalJson(identity)}}`;
