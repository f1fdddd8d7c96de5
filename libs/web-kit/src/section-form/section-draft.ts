import {
  findIndicator,
  indicatorsFor,
  isEmpty,
  normalise,
  withChange,
  type Category,
  type Normalised,
  type SectionKey,
  type Value,
  type Values,
} from '@shidang/catalogue';
import { threeWayMerge, type MergeConflict } from '../merge/three-way-merge';

/** One row of a section while somebody works on it. Never changed in place; nothing typed is ever dropped. */
export interface SectionDraft {
  readonly section: SectionKey;
  readonly category: Category;
  /** The row as the server gave it; empty for a new one. */
  readonly base: Values;
  readonly values: Values;
  /** What was typed and cannot be read, by key: it stays in the field until it is mended. */
  readonly unread: Readonly<Record<string, string>>;
  /** Sensitive values shown masked: something is there, what it is is not known here. */
  readonly hidden: readonly string[];
  /** Those of `base` that are masks, also where `values` has something else by now. */
  readonly masks: readonly string[];
}

const maskedIn = (section: SectionKey, values: Values): string[] =>
  Object.keys(values).filter((key) => findIndicator(section, key)?.sensitive && !isEmpty(values[key]));

export function openDraft(section: SectionKey, category: Category, values: Values = {}): SectionDraft {
  const masks = maskedIn(section, values);
  return { section, category, base: values, values, unread: {}, hidden: masks, masks };
}

const without = <T>(all: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== key));

function readingOf(draft: SectionDraft, key: string, raw: unknown): Normalised {
  const indicator = findIndicator(draft.section, key);
  return indicator ? normalise(indicator, raw, draft.category) : { value: undefined };
}

/** A field as typed, pasted or chosen: read like a cell of the workbook, with everything it switches off. */
export function typeInto(draft: SectionDraft, key: string, raw: unknown): SectionDraft {
  const hidden = draft.hidden.filter((each) => each !== key);
  const read = readingOf(draft, key, raw);
  if ('code' in read)
    return { ...draft, hidden, values: without(draft.values, key), unread: { ...draft.unread, [key]: String(raw) } };
  const values = withChange(draft.section, draft.values, key, read.value, draft.category);
  const unread = Object.fromEntries(Object.entries(draft.unread).filter(([each]) => each !== key));
  return { ...draft, values, unread, hidden: hidden.filter((each) => each in values) };
}

/** The plain value of a masked field, after its unmasking was asked for and logged. */
export function reveal(draft: SectionDraft, key: string, plain: Value | undefined): SectionDraft {
  if (!draft.hidden.includes(key)) return draft;
  return {
    ...draft,
    base: { ...draft.base, [key]: plain },
    values: { ...draft.values, [key]: plain },
    hidden: draft.hidden.filter((each) => each !== key),
    masks: draft.masks.filter((each) => each !== key),
  };
}

const textOf = (value: unknown) => (isEmpty(value) ? '' : JSON.stringify(value));

/** What a save sends: only values that differ, `null` for an emptied one. */
export function changesOf(draft: SectionDraft): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const { key } of indicatorsFor(draft.section, draft.category)) {
    if (key in draft.unread || textOf(draft.base[key]) === textOf(draft.values[key])) continue;
    changes[key] = draft.values[key] ?? null;
  }
  return changes;
}

export const isChanged = (draft: SectionDraft): boolean =>
  Object.keys(draft.unread).length > 0 || Object.keys(changesOf(draft)).length > 0;

export interface Rebased {
  readonly draft: SectionDraft;
  readonly conflicts: readonly MergeConflict[];
  readonly taken: readonly string[];
}

/** After a 412: the same work on top of what lies at the server now. Conflicting fields stand as mine. */
export function rebase(draft: SectionDraft, fresh: Values): Rebased {
  const masks = maskedIn(draft.section, fresh);
  // known in clear here, masked there: the mask says nothing about a change, and stands again where I made none
  const known = masks.filter((key) => !draft.masks.includes(key) && !isEmpty(draft.base[key]));
  const unchanged = known.filter((key) => textOf(draft.base[key]) === textOf(draft.values[key]));
  const masked = (values: Values, keys: readonly string[]): Values => ({
    ...values,
    ...Object.fromEntries(keys.map((key) => [key, fresh[key]])),
  });
  const { values, conflicts, taken } = threeWayMerge(masked(draft.base, known), fresh, masked(draft.values, unchanged));
  // a masked value that is mine was typed here: it is known
  const hidden = masks.filter((key) => textOf(values[key]) === textOf(fresh[key]));
  return { draft: { ...draft, base: fresh, values, hidden, masks }, conflicts, taken };
}

/** After a save: what was typed since it was sent stands on top of what the server answered. */
export function settle(now: SectionDraft, sent: SectionDraft, stored: Values): SectionDraft {
  const revealed = sent.hidden.filter((key) => !now.masks.includes(key));
  const base = { ...sent.values, ...Object.fromEntries(revealed.map((key) => [key, now.base[key]])) };
  const masks = sent.hidden.filter((key) => now.masks.includes(key));
  return rebase({ ...now, base, masks }, stored).draft;
}

/** Decides a conflict for the other side. */
export const takeTheirs = (draft: SectionDraft, key: string): SectionDraft => ({
  ...draft,
  values: { ...draft.values, [key]: draft.base[key] },
  unread: Object.fromEntries(Object.entries(draft.unread).filter(([each]) => each !== key)),
  hidden: draft.masks.includes(key) ? [...new Set([...draft.hidden, key])] : draft.hidden,
});
