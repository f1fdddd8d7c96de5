import type { Shelf } from '@shidang/web-kit/section-form';
import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { forgetUnsaved, noteUnsaved } from './unsaved';

/** Values as they were typed, by the place of their row; read once when the page begins, written through to IndexedDB. */
const held = new Map<string, string>();
let store: UseStore | undefined;

/** From an earlier page: not saved, or it would not lie here. What no draft is any more stays out, and closes the shelf to nobody. */
function take(key: string, value: string): void {
  const count = countIn(value);
  if (count === 0) return;
  held.set(key, value);
  noteUnsaved(key, count);
}

function countIn(value: string): number {
  try {
    const { typed = {}, suggested = {} } = (JSON.parse(value) ?? {}) as Readonly<Record<string, object>>;
    return Object.keys({ ...typed, ...suggested }).length;
  } catch {
    return 0;
  }
}

const quietly = (write: Promise<unknown>): void => void write.catch(() => undefined);

/** Before anything is drawn. A browser that keeps nothing (private windows) begins empty. */
export async function openKeptShelf(): Promise<void> {
  try {
    store = createStore('shidang-me', 'drafts');
    for (const [key, value] of await entries<string, string>(store)) take(key, value);
  } catch {
    store = undefined;
  }
}

export const keptShelf: Shelf = {
  getItem: (key) => held.get(key) ?? null,
  setItem: (key, value) => {
    held.set(key, value);
    if (store) quietly(set(key, value, store));
  },
  removeItem: (key) => {
    held.delete(key);
    if (store) quietly(del(key, store));
  },
};

/** Whoever sits down next at this device finds nothing. */
export async function clearKeptShelf(): Promise<void> {
  held.clear();
  forgetUnsaved();
  if (store) await clear(store).catch(() => undefined);
}
