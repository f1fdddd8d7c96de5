import { findIndicator, findSection, type SectionKey } from '@shidang/catalogue';
import { inLanguage, useLanguage } from '@shidang/web-kit';

/** `education.major` → 学习经历 · 所学专业. */
export function useFieldWords() {
  const language = useLanguage();
  return (field: string): string => {
    const [section = '', key] = field.split('.');
    const found = findSection(section);
    if (!found) return field;
    const indicator = key === undefined ? undefined : findIndicator(section as SectionKey, key);
    const names = [found, indicator].flatMap((each) =>
      each ? [inLanguage({ zh: each.zhName, en: each.en }, language)] : [],
    );
    return names.join(' · ');
  };
}
