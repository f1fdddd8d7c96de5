import { codeName, divisionName, findIndicator, type SectionKey } from '@shidang/catalogue';
import { inLanguage, useLanguage } from '@shidang/web-kit';

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A stored value as people read it: codes by their names; whatever is masked stays masked. */
export function useCodeWords() {
  const language = useLanguage();
  return (section: string, key: string, value: unknown): string => {
    const indicator = findIndicator(section as SectionKey, key);
    const one = (each: unknown): string => {
      if (typeof each === 'boolean')
        return inLanguage(each ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }, language);
      const text = typeof each === 'string' || typeof each === 'number' ? String(each) : JSON.stringify(each);
      if (indicator?.type === 'division') return divisionName(text) ?? text;
      return indicator?.codeTable ? codeName(indicator.codeTable, text) : text;
    };
    if (value === null || value === undefined || value === '') return '—';
    return isList(value) ? value.map(one).join('、') : one(value);
  };
}
