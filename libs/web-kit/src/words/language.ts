import i18next, { type i18n } from 'i18next';
import { useSyncExternalStore } from 'react';

export type Language = 'zh-CN' | 'en';

export const languages: readonly Language[] = ['zh-CN', 'en'];

const kept = 'shidang.language';

const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

function remembered(): Language {
  try {
    const value = globalThis.localStorage?.getItem(kept);
    return isLanguage(value) ? value : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}

/** Own instance: nothing else on the page can change our words. */
export const words: i18n = i18next.createInstance();

void words.init({
  lng: remembered(),
  fallbackLng: 'zh-CN',
  supportedLngs: [...languages],
  // React escapes; a name with & must not be escaped twice.
  interpolation: { escapeValue: false },
  initAsync: false,
  resources: {},
});

/** The language of the interface: Chinese unless somebody chose English. Also what the API answers in. */
export const language = (): Language => (isLanguage(words.language) ? words.language : 'zh-CN');

export function setLanguage(next: Language): void {
  try {
    globalThis.localStorage?.setItem(kept, next);
  } catch {
    // A browser that keeps nothing still changes now.
  }
  void words.changeLanguage(next);
  document.documentElement.lang = next;
}

const subscribe = (heard: () => void) => {
  words.on('languageChanged', heard);
  return () => words.off('languageChanged', heard);
};

/** Re-renders when the language changes. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, language, language);
