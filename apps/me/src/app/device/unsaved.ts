import { useSyncExternalStore } from 'react';

/** How many values were typed and are not saved, by the key their draft is kept under. What may not lie on the device counts too, as long as the page lives. */
const counts = new Map<string, number>();
const heard = new Set<() => void>();
let version = 0;

export function noteUnsaved(key: string, count: number): void {
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
  version += 1;
  heard.forEach((each) => each());
}

export function forgetUnsaved(): void {
  for (const key of [...counts.keys()]) noteUnsaved(key, 0);
}

export interface UnsavedRow {
  readonly section: string;
  /** `new` for a row that is not saved yet. */
  readonly entryId: string;
  readonly count: number;
}

/** Keys end in `<account>.<teacher>.<section>.<entry>`. */
export function unsavedRows(accountId: string, teacherId: string): readonly UnsavedRow[] {
  return [...counts].flatMap(([key, count]) => {
    const [entryId, section, teacher, account] = key.split('.').slice(-4).reverse();
    return entryId && section && teacher === teacherId && account === accountId ? [{ section, entryId, count }] : [];
  });
}

/** By section. */
export function unsavedOf(accountId: string, teacherId: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { section, count } of unsavedRows(accountId, teacherId))
    found.set(section, (found.get(section) ?? 0) + count);
  return found;
}

const subscribe = (tell: () => void) => {
  heard.add(tell);
  return () => heard.delete(tell);
};

export function useUnsavedRows(accountId: string, teacherId: string): readonly UnsavedRow[] {
  useSyncExternalStore(subscribe, () => version);
  return unsavedRows(accountId, teacherId);
}

export function useUnsaved(accountId: string, teacherId: string): ReadonlyMap<string, number> {
  useSyncExternalStore(subscribe, () => version);
  return unsavedOf(accountId, teacherId);
}
