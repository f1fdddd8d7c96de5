import { useMemo } from 'react';
import { useLanguage, words as instance, type Language } from './language';

/** One text: Chinese, English, and English where `{{count}}` is one. `{{name}}` is filled in. */
export type Words = readonly [zh: string, en: string, one?: string];
export type Said = Readonly<Record<string, string | number>>;

/** The texts of one feature; both languages stand side by side so that neither can be forgotten. */
export interface Texts<K extends string> {
  readonly namespace: string;
  readonly keys: readonly K[];
}

export type Say<K extends string> = (key: K, said?: Said) => string;

export function defineWords<const T extends Readonly<Record<string, Words>>>(
  namespace: string,
  texts: T,
): Texts<keyof T & string> {
  const of = (index: 0 | 1) => Object.fromEntries(Object.entries(texts).map(([key, pair]) => [key, pair[index]]));
  const ones = Object.entries<Words>(texts).flatMap(([key, [, , one]]) =>
    one === undefined ? [] : [[`${key}_one`, one]],
  );
  instance.addResourceBundle('zh-CN', namespace, of(0), true, true);
  instance.addResourceBundle('en', namespace, { ...of(1), ...Object.fromEntries(ones) }, true, true);
  return { namespace, keys: Object.keys(texts) as (keyof T & string)[] };
}

/** A count that was formatted already is text, of which there is no singular. */
const counted = (said: Said): Said => (said['count'] === '1' ? { ...said, count: 1 } : said);

/** Outside React: in the language of now. */
export function say<K extends string>(texts: Texts<K>, key: K, said: Said = {}): string {
  return instance.t(key, { ...counted(said), ns: texts.namespace, keySeparator: false, nsSeparator: false });
}

export function useWords<K extends string>(texts: Texts<K>): Say<K> {
  const language = useLanguage();
  return useMemo(() => {
    const fixed = instance.getFixedT(language, texts.namespace);
    return (key, said = {}) => fixed(key, { ...counted(said), keySeparator: false, nsSeparator: false });
  }, [language, texts]);
}

/** For data that carries both languages (`{ zh, en }`), such as the catalogue's labels. */
export const inLanguage = (text: { zh: string; en: string }, language: Language): string =>
  language === 'en' ? text.en : text.zh;
