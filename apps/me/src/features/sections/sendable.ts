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
