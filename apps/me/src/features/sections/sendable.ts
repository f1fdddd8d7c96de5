import { RefusedByServer } from '@shidang/client';
import {
  blocking,
  changesOf,
  complaintsOf,
  openDraft,
  typeInto,
  type SectionDraft,
} from '@shidang/web-kit/section-form';

type Changes = Readonly<Record<string, unknown>>;

/** What the row at the server would be with these changes alone. */
const withOnly = (draft: SectionDraft, changes: Changes): SectionDraft =>
  Object.entries(changes).reduce(
    (row, [key, value]) => typeInto(row, key, value ?? ''),
    openDraft(draft.section, draft.category, draft.base),
  );

/**
 * What may be saved of what was typed: a field that is wrong waits until it is mended and holds back no other. Where a
 * mistake lies between two fields, both wait.
 */
export function sendable(draft: SectionDraft, today: string): Record<string, unknown> {
  const changes = changesOf(draft);
  const wrong = new Set(blocking(complaintsOf(draft, today)).map(({ key }) => key));
  const right = Object.fromEntries(Object.entries(changes).filter(([key]) => !wrong.has(key)));
  if (wrong.size === 0 || blocking(complaintsOf(withOnly(draft, right), today)).length === 0) return right;
  return {};
}

/** Nothing was said about the values: the server is away, busy or slow, and the same may be right later. */
export const isForLater = (error: unknown): boolean =>
  !(error instanceof RefusedByServer) || error.problem.status >= 500 || error.problem.status === 429;

/** After a refusal, what is not sent again as it is: the fields it named, or everything where it named none of them. The others go on. */
export function heldBack(changes: Changes, named: readonly string[]): Changes {
  const those = Object.entries(changes).filter(([key]) => named.includes(key));
  return those.length > 0 ? Object.fromEntries(those) : changes;
}

export const withoutHeld = (changes: Changes, held: Changes): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([key, value]) => !(key in held) || JSON.stringify(held[key]) !== JSON.stringify(value),
    ),
  );
