import {
  codeName,
  codeTableKeyFor,
  divisionName,
  findIndicator,
  isEmpty,
  labelOf,
  type Category,
  type Indicator,
  type SectionKey,
} from '@shidang/catalogue';
import { inLanguage } from '../words/define-words';
import type { Language } from '../words/language';

/** A value as people read it: names of codes, never the code alone. Masked values are text already. */
export function valueText(indicator: Indicator | undefined, value: unknown, category: Category): string {
  if (isEmpty(value)) return '';
  if (Array.isArray(value)) return value.map((each) => valueText(indicator, each, category)).join('、');
  const text = String(value);
  if (!indicator) return text;
  if (indicator.type === 'division') return divisionName(text);
  const table = indicator.type === 'code' ? codeTableKeyFor(indicator, category) : undefined;
  return table ? codeName(table, text) : text;
}

/** The label of a field as the category calls it. */
export function fieldLabel(section: SectionKey, key: string, category: Category, language: Language): string {
  const indicator = findIndicator(section, key);
  return indicator ? inLanguage(labelOf(indicator, category), language) : key;
}
