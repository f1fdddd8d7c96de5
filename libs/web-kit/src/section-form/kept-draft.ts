import { findIndicator, isEmpty, type SectionKey } from '@shidang/catalogue';
import { changesOf, typeInto, type SectionDraft } from './section-draft';

/** Whose work on which row; another account in the same tab finds nothing. */
export interface DraftPlace {
  readonly accountId: string;
  readonly teacherId: string;
  readonly section: SectionKey;
  /** `new` for a row that is not saved yet. */
  readonly entryId: string;
}

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A shelf that lives as long as the page. */
export function memoryShelf(): Shelf & { clear: () => void } {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** Where it lies on a shelf: everything of one record begins alike. */
export const draftKey = ({ accountId, teacherId, section, entryId }: DraftPlace) =>
  `shidang.draft.${accountId}.${teacherId}.${section}.${entryId}`;

const isOpenValue = (section: SectionKey, key: string) => findIndicator(section, key)?.sensitive !== true;

/** What was typed and is not saved. */
const typedIn = (draft: SectionDraft): [key: string, typed: unknown][] =>
  Object.entries({ ...changesOf(draft), ...draft.unread });

export const unsavedKeys = (draft: SectionDraft): string[] => typedIn(draft).map(([key]) => key);

/** Is there something that a reload of the page would lose? */
export const losesOnReload = (draft: SectionDraft): boolean =>
  typedIn(draft).some(([key]) => !isOpenValue(draft.section, key));

/**
 * Keeps what was typed. On a shelf that outlives the page (`Storage`) sensitive values are left out; `everything` is for one in memory.
 */
export function keepDraft(shelf: Shelf, place: DraftPlace, draft: SectionDraft, everything = false): void {
  const typed = typedIn(draft).filter(([key]) => everything || isOpenValue(draft.section, key));
  if (typed.length === 0) shelf.removeItem(draftKey(place));
  else shelf.setItem(draftKey(place), JSON.stringify(Object.fromEntries(typed)));
}

export const forgetDraft = (shelf: Shelf, place: DraftPlace): void => shelf.removeItem(draftKey(place));

function keptAt(shelf: Shelf, place: DraftPlace): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(draftKey(place)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The row with what was typed before the reload; the same object when nothing was kept. */
export function withKeptDraft(shelf: Shelf, place: DraftPlace, draft: SectionDraft): SectionDraft {
  return Object.entries(keptAt(shelf, place)).reduce(
    (filled, [key, raw]) => typeInto(filled, key, isEmpty(raw) ? '' : raw),
    draft,
  );
}
