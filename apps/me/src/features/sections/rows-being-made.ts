import { draftKey, type DraftPlace } from '@shidang/web-kit/section-form';
import type { Written } from './use-autosave';

const made = new Map<string, Promise<Written>>();

/** The new row of this draft while it is on its way: its form and the list both have the draft, and would make it twice. */
export const beingMade = (place: DraftPlace): Promise<Written> | undefined => made.get(draftKey(place));

export function makes(place: DraftPlace, row: Promise<Written>): Promise<Written> {
  const key = draftKey(place);
  made.set(key, row);
  return row.finally(() => made.delete(key));
}
