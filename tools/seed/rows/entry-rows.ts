import { canonicalJson, catalogueVersion, sectionOf, type SectionKey } from '@shidang/catalogue';
import type { Batch } from '../load/batch';
import { array, jsonText } from '../load/copy-text';
import type { Identifiers } from '../world/identifiers';
import type { SeededAccount } from '../world/world';
import { registeredValues, type FilledEntry } from './filled-record';
import type { SeededRecord } from './record-rows';
import { naturalKeyOf, type StoredValues } from './stored-values';

/** A row as it lies in the table. */
export interface KeptEntry {
  readonly id: string;
  readonly section: SectionKey;
  readonly version: number;
  /** `values` as canonical JSON. */
  readonly text: string;
}

interface Writing {
  readonly ids: Identifiers;
  readonly times: { readonly registeredAt: Date; readonly filledAt: Date };
  readonly effective: boolean;
}

interface Hand {
  readonly by: SeededAccount;
  readonly keys: readonly string[];
  readonly at: Date;
}

/** Every row of a record with every version of it: who wrote which values. */
export function writeEntries(batch: Batch, of: SeededRecord, writing: Writing): KeptEntry[] {
  return of.entries.map((entry) => writeEntry(batch, of, entry, writing));
}

function writeEntry(batch: Batch, of: SeededRecord, entry: FilledEntry, writing: Writing): KeptEntry {
  const { school, teacher } = of;
  const { registeredAt, filledAt } = writing.times;
  const single = !sectionOf(entry.section).multiRecord;
  const version = writeVersions(batch, of, entry, writing);
  const { id, section, text } = entry;
  const values = jsonText(text);
  batch.add('records', 'entry', {
    ...{ id, teacher_id: teacher.id, org_path: school.orgPath, section, values, version },
    natural_key: single ? null : naturalKeyOf(section, entry.plain),
    catalogue_version: catalogueVersion,
    ...(writing.effective && { effective: values, effective_version: 1, effective_entry_version: version }),
    created_at: single ? registeredAt : filledAt,
    updated_at: handsOf(of, entry, filledAt).length > 0 ? filledAt : registeredAt,
  });
  return { id, section, version, text };
}

/** The version the row has in the end. A single section's row is there, empty or nearly, since the registration. */
function writeVersions(batch: Batch, of: SeededRecord, entry: FilledEntry, { ids, times }: Writing): number {
  const { section, stored } = entry;
  const registered = section === 'basic' ? Object.keys(registeredValues(of.teacher.person)) : [];
  const first: Hand[] = registered.length > 0 ? [{ by: of.registrar, keys: registered, at: times.registeredAt }] : [];
  let version = !sectionOf(section).multiRecord && registered.length === 0 ? 1 : 0;
  const known = new Set<string>();
  const hands = [...first, ...handsOf(of, entry, times.filledAt)];
  for (const { by, keys, at } of hands) {
    version += 1;
    for (const key of keys) known.add(key);
    batch.add('records', 'entry_version', {
      ...{
        id: ids.next(),
        entry_id: entry.id,
        teacher_id: of.teacher.id,
        org_path: of.school.orgPath,
        section,
        version,
      },
      values: jsonText(hands.length === 1 ? entry.text : canonicalJson(only(stored, known))),
      changed_keys: array(keys),
      catalogue_version: catalogueVersion,
      via: { kind: 'screen' },
      ...{ account_id: by.id, person_id: by.person!.id, role: by.role, at },
    });
  }
  return Math.max(version, 1);
}

const only = (values: StoredValues, keys: ReadonlySet<string>): StoredValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)));

function handsOf({ teacher, filler, registrar }: SeededRecord, entry: FilledEntry, at: Date): Hand[] {
  return [
    { by: filler ?? registrar, keys: entry.bySchool, at },
    { by: teacher.account, keys: entry.byTeacher, at },
  ].filter((hand) => hand.keys.length > 0);
}
