import { findIndicator, isEmpty, sectionOf, type Category, type SectionKey, type Values } from '@shidang/catalogue';
import { valueText } from '@shidang/web-kit/section-form';

export interface RowTitle {
  readonly title: string;
  readonly when: string;
}

/** What a row is called on its card: the first of what identifies it, and its time. */
export function rowTitle(section: SectionKey, values: Values, category: Category, now: string): RowTitle {
  const { identifiedBy = [], indicators, periods } = sectionOf(section);
  const said = (key: string) => valueText(findIndicator(section, key), values[key], category);
  const isTime = (key: string) => ['month', 'date', 'year'].includes(findIndicator(section, key)?.type ?? '');
  // a number alone names nothing
  const isNumber = (key: string) => ['integer', 'decimal'].includes(findIndicator(section, key)?.type ?? '');
  const keys = [...identifiedBy, ...indicators.map(({ key }) => key)].filter((key) => !isEmpty(values[key]));
  const title = [...new Set(keys)]
    .filter((key) => !isTime(key) && !isNumber(key))
    .slice(0, 2)
    .map(said);
  const time = keys.find(isTime);
  const span = periods && [said(periods.start), said(periods.end) || (said(periods.start) && now)];
  return { title: title.join(' · '), when: span ? span.filter(Boolean).join(' – ') : time ? said(time) : '' };
}
