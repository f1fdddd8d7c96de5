import {
  codeName,
  codeTableKeyFor,
  divisionName,
  findIndicator,
  findSection,
  indicatorsFor,
  isEmpty,
  labelOf,
  type Category,
  type Indicator,
  type Section,
} from '@shidang/catalogue';
import { inLanguage } from '../words/define-words';
import type { Language } from '../words/language';

/** Names of sections and indicators, values as people read them: the catalogue's words, in the language of now. */
export interface CatalogueWords {
  readonly section: (key: string) => string;
  readonly indicator: (section: string, key: string) => string;
  /** `training` or `basic.name`, as shapes spell them. */
  readonly part: (part: string) => string;
  readonly value: (section: string, key: string, value: unknown) => string;
  /** The keys in the order of the form. */
  readonly inOrder: (section: string, keys: readonly string[]) => string[];
}

const nameOf = (of: Section | Indicator, language: Language) => inLanguage({ zh: of.zhName, en: of.en }, language);

export function catalogueWords(category: string, language: Language): CatalogueWords {
  const indicatorOf = (section: string, key: string): Indicator | undefined => {
    const found = findSection(section);
    return found && findIndicator(found, key);
  };
  const section = (key: string) => {
    const found = findSection(key);
    return found ? nameOf(found, language) : key;
  };
  const indicator = (of: string, key: string) => {
    const found = indicatorOf(of, key);
    return found ? inLanguage(labelOf(found, category as Category), language) : key;
  };
  const one = (of: string, key: string, value: unknown): string => {
    const found = indicatorOf(of, key);
    const table = found && codeTableKeyFor(found, category as Category);
    if (table) return codeName(table, String(value));
    return (found?.type === 'division' && divisionName(String(value))) || String(value);
  };
  return {
    section,
    indicator,
    part: (part) => {
      const [of = '', key] = part.split('.');
      return key === undefined ? section(of) : `${section(of)}·${indicator(of, key)}`;
    },
    value: (of, key, value) => {
      if (value === undefined || isEmpty(value as never)) return '';
      return (Array.isArray(value) ? value : [value]).map((each) => one(of, key, each)).join('、');
    },
    inOrder: (of, keys) => {
      const found = findSection(of);
      const known = found ? indicatorsFor(found, category as Category).map((each) => each.key) : [];
      const wanted = new Set(keys);
      return [...known.filter((key) => wanted.has(key)), ...keys.filter((key) => !known.includes(key))];
    },
  };
}
