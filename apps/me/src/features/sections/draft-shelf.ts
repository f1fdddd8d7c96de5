import {
  forgetDraft,
  keepDraft,
  memoryShelf,
  withKeptDraft,
  type DraftPlace,
  type SectionDraft,
} from '@shidang/web-kit/section-form';
import { keptShelf } from '../../app/device/kept-shelf';
import { isPersonalDevice } from '../../app/device/personal-device';

/** Everything typed, while the page lives. */
const memory = memoryShelf();
let owner: string | undefined;

/** Another account finds an empty shelf. */
function memoryOf({ accountId }: DraftPlace) {
  if (owner !== accountId) memory.clear();
  owner = accountId;
  return memory;
}

/** What outlives the page is without sensitive values, unless the device was said to be one's own. */
export function keep(place: DraftPlace, draft: SectionDraft): void {
  keepDraft(memoryOf(place), place, draft, true);
  keepDraft(keptShelf, place, draft, isPersonalDevice());
}

export function forget(place: DraftPlace): void {
  forgetDraft(memoryOf(place), place);
  forgetDraft(keptShelf, place);
}

/** What was typed and not saved goes on top; the same object when there is nothing. */
export const restored = (place: DraftPlace, draft: SectionDraft): SectionDraft =>
  withKeptDraft(memoryOf(place), place, withKeptDraft(keptShelf, place, draft));
