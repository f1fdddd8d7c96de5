import {
  draftKey,
  draftShelves,
  takeUp,
  unsavedKeys,
  type DraftPlace,
  type KeptDraft,
  type RowStanding,
  type SectionDraft,
} from '@shidang/web-kit/section-form';
import { keptShelf } from '../../app/device/kept-shelf';
import { isPersonalDevice } from '../../app/device/personal-device';
import { noteUnsaved } from '../../app/device/unsaved';

/** What outlives the page lies in IndexedDB. */
const shelves = draftShelves(() => keptShelf, isPersonalDevice);

export type Suggested = KeptDraft['suggested'];

/** What lies here goes on top of the row where it still fits; the rest is suggested (0132). The same draft when nothing lies here. */
export function takenUp(place: DraftPlace, draft: SectionDraft, now: RowStanding) {
  const kept = shelves.keptAt(place);
  return kept ? { ...takeUp(kept, draft, now), lay: true } : { draft, suggested: {}, lay: false };
}

/** Kept, and counted for the task list. */
export function keep(place: DraftPlace, draft: SectionDraft, standing: RowStanding, suggested: Suggested): void {
  shelves.keep(place, draft, { ...standing, suggested });
  noteUnsaved(draftKey(place), new Set([...unsavedKeys(draft), ...Object.keys(suggested)]).size);
}

export function forget(place: DraftPlace): void {
  shelves.forget(place);
  noteUnsaved(draftKey(place), 0);
}
