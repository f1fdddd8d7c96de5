import { findIndicator, rowKey, sectionOf, type SectionKey } from '@shidang/catalogue';
import type { Vault } from '@shidang/persistence';
import type { InventedValues } from '../invented/record';

/** Values as records keeps them: sensitive ones sealed one by one, bound to entry and indicator. */
export type StoredValues = Readonly<Record<string, unknown>>;

const sensitive = new Map<string, boolean>();

function isSensitive(section: SectionKey, key: string): boolean {
  const name = `${section}.${key}`;
  let known = sensitive.get(name);
  if (known === undefined) sensitive.set(name, (known = findIndicator(section, key)?.sensitive === true));
  return known;
}

export const sealValues = (vault: Vault, section: SectionKey, entryId: string, values: InventedValues): StoredValues =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      isSensitive(section, key)
        ? { $sealed: vault.seal(JSON.stringify(value), { table: 'entry', column: key, row: entryId }) }
        : value,
    ]),
  );

/** What a repeating row is known by when it is imported again. */
export const naturalKeyOf = (section: SectionKey, values: InventedValues): string | null =>
  rowKey(sectionOf(section), values) ?? null;
