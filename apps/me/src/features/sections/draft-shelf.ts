import { draftKey, draftShelves, unsavedKeys, type DraftPlace, type SectionDraft } from '@shidang/web-kit/section-form';
import { keptShelf } from '../../app/device/kept-shelf';
import { isPersonalDevice } from '../../app/device/personal-device';
import { noteUnsaved } from '../../app/device/unsaved';

/** What outlives the page lies in IndexedDB. */
const shelves = draftShelves(() => keptShelf, isPersonalDevice);

export const { restored } = shelves;

/** Kept, and counted for the task list. */
export function keep(place: DraftPlace, draft: SectionDraft): void {
  shelves.keep(place, draft);
  noteUnsaved(draftKey(place), unsavedKeys(draft).length);
}

export function forget(place: DraftPlace): void {
  shelves.forget(place);
  noteUnsaved(draftKey(place), 0);
}
