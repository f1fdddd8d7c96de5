import {
  forgetDraft,
  keepDraft,
  keptAt,
  memoryShelf,
  withKeptDraft,
  type DraftPlace,
  type KeptDraft,
  type RowStanding,
  type Shelf,
} from './kept-draft';
import type { SectionDraft } from './section-draft';

/**
 * Everything typed, while the page lives, and on a shelf that outlives it what may lie there: without sensitive values, unless
 * `everything` says that the device is one's own. Another account finds the memory empty.
 */
export function draftShelves(shelf: () => Shelf, everything: () => boolean = () => false) {
  const memory = memoryShelf();
  let owner: string | undefined;
  const memoryOf = ({ accountId }: DraftPlace) => {
    if (owner !== accountId) memory.clear();
    owner = accountId;
    return memory;
  };
  return {
    keep: (
      place: DraftPlace,
      draft: SectionDraft,
      standing: RowStanding & { readonly suggested?: KeptDraft['suggested'] } = {},
    ): void => {
      keepDraft(memoryOf(place), place, draft, true, standing);
      keepDraft(shelf(), place, draft, everything(), standing);
    },
    /** What lies there: in memory everything does that lies on the shelf too, as long as the page lives. */
    keptAt: (place: DraftPlace): KeptDraft | undefined => keptAt(memoryOf(place), place) ?? keptAt(shelf(), place),
    forget: (place: DraftPlace): void => {
      forgetDraft(memoryOf(place), place);
      forgetDraft(shelf(), place);
    },
    /** What lies on a shelf goes on top; the same object when nothing does. */
    restored: (place: DraftPlace, draft: SectionDraft): SectionDraft =>
      withKeptDraft(memoryOf(place), place, withKeptDraft(shelf(), place, draft)),
  };
}
