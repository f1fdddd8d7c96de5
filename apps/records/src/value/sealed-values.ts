import { findIndicator, isEmpty, mask, sections, type SectionKey, type Value, type Values } from '@shidang/catalogue';
import type { Vault } from '@shidang/persistence';

/** A sensitive value as it lies in jsonb: bound to its entry and indicator, so that it opens nowhere else (D1). */
export interface Sealed {
  readonly $sealed: string;
}

/** Values of one entry as stored: sensitive ones sealed one by one. */
export type StoredValues = Readonly<Record<string, Value | Sealed>>;

const placeOf = (entryId: string, indicator: string) => ({ table: 'entry', column: indicator, row: entryId });

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && '$sealed' in value && typeof value.$sealed === 'string';

export const isSensitive = (section: SectionKey, indicator: string): boolean =>
  findIndicator(section, indicator)?.sensitive === true;

/** `section.indicator` of all that is masked wherever it is not shown on purpose. */
export const sensitiveFields: string[] = sections.flatMap(({ key, indicators }) =>
  indicators.filter((each) => each.sensitive).map((each) => `${key}.${each.key}`),
);

export function sealValue(vault: Vault, entryId: string, indicator: string, value: Value): Sealed {
  return { $sealed: vault.seal(JSON.stringify(value), placeOf(entryId, indicator)) };
}

export function openValue(vault: Vault, entryId: string, indicator: string, value: unknown): Value | undefined {
  if (!isSealed(value)) return isEmpty(value) ? undefined : (value as Value);
  return JSON.parse(vault.open(value.$sealed, placeOf(entryId, indicator))) as Value;
}

/** Plain values → as stored. Empty ones are left out. */
export function sealValues(vault: Vault, section: SectionKey, entryId: string, values: Values): StoredValues {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => !isEmpty(value))
      .map(([key, value]) => [
        key,
        isSensitive(section, key) ? sealValue(vault, entryId, key, value as Value) : (value as Value),
      ]),
  );
}

/** As stored → plain values. */
export function openValues(vault: Vault, entryId: string, stored: StoredValues): Record<string, Value> {
  const plain: Record<string, Value> = {};
  for (const [key, value] of Object.entries(stored)) {
    const opened = openValue(vault, entryId, key, value);
    if (opened !== undefined) plain[key] = opened;
  }
  return plain;
}

/** As stored → as shown: sensitive values masked, others as they are. */
export function maskValues(
  vault: Vault,
  section: SectionKey,
  entryId: string,
  stored: StoredValues,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(stored).map(([key, value]) => {
      const indicator = findIndicator(section, key);
      const opened = openValue(vault, entryId, key, value);
      return [key, indicator ? mask(indicator, opened) : isSealed(value) ? '******' : opened];
    }),
  );
}

/** The stored values with some changed: what did not change keeps its seal, so content hashes stay comparable. */
export function withChanges(
  vault: Vault,
  section: SectionKey,
  entryId: string,
  stored: StoredValues,
  changed: Readonly<Record<string, Value | undefined>>,
): StoredValues {
  const kept = Object.entries(stored).filter(([key]) => !(key in changed));
  return { ...Object.fromEntries(kept), ...sealValues(vault, section, entryId, changed) };
}
