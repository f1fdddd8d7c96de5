import {
  forgetDraft,
  keepDraft,
  memoryShelf,
  withKeptDraft,
  type DraftPlace,
  type SectionDraft,
} from '@shidang/web-kit/section-form';

/** Everything typed, while the page lives. */
const memory = memoryShelf();
let owner: string | undefined;

/** Another account finds an empty shelf. */
function memoryOf({ accountId }: DraftPlace) {
  if (owner !== accountId) memory.clear();
  owner = accountId;
  return memory;
}

export function keep(place: DraftPlace, draft: SectionDraft): void {
  keepDraft(memoryOf(place), place, draft, true);
  keepDraft(sessionStorage, place, draft);
}

export function forget(place: DraftPlace): void {
  forgetDraft(memoryOf(place), place);
  forgetDraft(sessionStorage, place);
}

/** What was typed and not saved goes on top; the same object when there is nothing. */
export const restored = (place: DraftPlace, draft: SectionDraft): SectionDraft =>
  withKeptDraft(memoryOf(place), place, withKeptDraft(sessionStorage, place, draft));
