const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const plain = /^[!-~]*$/;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** Without byte order marks, zero-width and direction characters, which look like nothing and break comparisons. */
export const withoutInvisible = (text: string): string => text.replace(invisible, '');

/** For codes, numbers, dates and ids, never for names: full width → half width, every dash → hyphen, trimmed. */
export const halfWidth = (text: string): string =>
  // Most cells are plain already: imports feel the difference.
  plain.test(text) ? text : withoutInvisible(text).normalize('NFKC').replace(dashes, '-').replace(/\s+/g, ' ').trim();
