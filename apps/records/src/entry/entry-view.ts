import type { EntryView } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import { maskValues, type StoredValues } from '../value/sealed-values';
import { entryEtag, type EntryRow } from './entry-row';

const differs = (a: StoredValues, b: StoredValues) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].some((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));

/** A row as it is shown: masked, with what is effective beside it when that differs. */
export function toEntryView(vault: Vault, entry: EntryRow): EntryView {
  const { id, section, values, effective } = entry;
  return {
    id,
    section,
    values: maskValues(vault, section, id, values),
    effective: effective && differs(values, effective) ? maskValues(vault, section, id, effective) : undefined,
    isEffective: effective !== null,
    version: entry.version,
    updatedAt: entry.updated_at.toISOString(),
    etag: entryEtag(entry),
  };
}
