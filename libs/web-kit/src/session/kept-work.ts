type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Unsaved work of a tab: rows, mended imports, monthly reports, marks of a return. */
const kept = ['shidang.draft.', 'shidang.import.', 'shidang.report.', 'shidang.marks.'];
const ownerKey = 'shidang.owner';

const shelfOfTab = (): Shelf | undefined => {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
};

/** Whoever sits down next at this tab finds nothing; whose it was stays known, should a late answer keep something yet. */
export function forgetWork(shelf = shelfOfTab()): void {
  if (!shelf) return;
  const all = Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? '');
  for (const key of all) if (kept.some((prefix) => key.startsWith(prefix))) shelf.removeItem(key);
}

/** The tab is this account's from now on: what another one left in it is forgotten, its own stays. */
export function keepWorkOf(accountId: string, shelf = shelfOfTab()): void {
  if (!shelf || shelf.getItem(ownerKey) === accountId) return;
  if (shelf.getItem(ownerKey) !== null) forgetWork(shelf);
  try {
    shelf.setItem(ownerKey, accountId);
  } catch {
    // a full storage holds no new work either
  }
}
