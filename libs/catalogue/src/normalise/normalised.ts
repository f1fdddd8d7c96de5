import type { Value, Words } from '../section';
import type { Fix } from '../violation';

/** What normalising gave: the value (undefined = empty), or why it cannot be read. */
export type Normalised =
  { readonly value: Value | undefined } | { readonly code: string; readonly words: Words; readonly fix?: Fix };

export const refused = (code: string, zh: string, en: string, fix?: Fix): Normalised => ({
  code,
  words: { zh, en },
  ...(fix && { fix }),
});

/** For users: no more of a bad value than fits a sentence. */
export const quoted = (raw: unknown): string => {
  const text = String(raw).trim().replace(/[“”]/g, '"');
  return text.length > 20 ? `“${text.slice(0, 20)}…”` : `“${text}”`;
};
