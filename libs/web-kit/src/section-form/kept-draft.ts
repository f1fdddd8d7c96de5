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

/** What a row stood at when something was typed into it. */
export interface RowStanding {
  /** Absent for a row that is not saved yet. */
  readonly etag?: string;
  /** The last submission there was: what was typed before one says nothing about the row after it. */
  readonly round?: string;
}

type Typed = Readonly<Record<string, unknown>>;

export interface KeptDraft {
  readonly typed: Typed;
  /** Older than the row: waits for a yes, or to be let go. */
  readonly suggested: Typed;
  /** What the row stood at, and said at each key of `typed`. */
  readonly against: RowStanding & { readonly was: Typed };
}

const nothing: KeptDraft = { typed: {}, suggested: {}, against: { was: {} } };

const only = (values: Typed, may: (key: string) => boolean): Typed =>
  Object.fromEntries(Object.entries(values).filter(([key]) => may(key)));

/**
 * Keeps what was typed. On a shelf that outlives the page (`Storage`) sensitive values are left out; `everything` is for one in memory.
 */
export function keepDraft(
  shelf: Shelf,
  place: DraftPlace,
  draft: SectionDraft,
  everything = false,
  { suggested: old = {}, ...standing }: RowStanding & { readonly suggested?: Typed } = {},
): void {
  const may = (key: string) => everything || isOpenValue(draft.section, key);
  const typed = only(Object.fromEntries(typedIn(draft)), may);
  const suggested = only(old, (key) => may(key) && !(key in typed));
  if (Object.keys(typed).length + Object.keys(suggested).length === 0) return shelf.removeItem(draftKey(place));
  const was = only(draft.base, (key) => key in typed);
  shelf.setItem(
    draftKey(place),
    JSON.stringify({ typed, suggested, against: { ...standing, was } } satisfies KeptDraft),
  );
}

export const forgetDraft = (shelf: Shelf, place: DraftPlace): void => shelf.removeItem(draftKey(place));

/** Undefined when nothing lies there. */
export function keptAt(shelf: Shelf, place: DraftPlace): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(draftKey(place)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    // kept by an older build: of nobody knows when
    return 'typed' in kept ? { ...nothing, ...(kept as Partial<KeptDraft>) } : { ...nothing, suggested: kept as Typed };
  } catch {
    return undefined;
  }
}

const typeAll = (draft: SectionDraft, typed: Typed): SectionDraft =>
  Object.entries(typed).reduce((filled, [key, raw]) => typeInto(filled, key, isEmpty(raw) ? '' : raw), draft);

/** The row with what was typed before the reload; the same object when nothing was kept. */
export function withKeptDraft(shelf: Shelf, place: DraftPlace, draft: SectionDraft): SectionDraft {
  const kept = keptAt(shelf, place);
  return kept ? typeAll(draft, kept.typed) : draft;
}

const same = (a: unknown, b: unknown) => (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);

/**
 * What was kept, on the row as it is now: what was typed into this very version goes on top, and after others have written, where they left
 * the value alone. Everything else is a suggestion, and all of it once the record was submitted.
 */
export function takeUp(
  kept: KeptDraft,
  draft: SectionDraft,
  now: RowStanding,
): { readonly draft: SectionDraft; readonly suggested: Typed } {
  const { etag, round, was } = kept.against;
  const stands = (key: string) => round === now.round && (etag === now.etag || same(was[key], draft.base[key]));
  const suggested = { ...kept.suggested, ...only(kept.typed, (key) => !stands(key)) };
  return {
    draft: typeAll(draft, only(kept.typed, stands)),
    suggested: only(suggested, (key) => !same(suggested[key], draft.base[key])),
  };
}
