import { languages, setLanguage, useLanguage } from '@shidang/web-kit';

const names = { 'zh-CN': '中文', en: 'English' } as const;

export function LanguageChoice() {
  const chosen = useLanguage();
  return (
    <div className="choices">
      {languages.map((each) => (
        <button
          key={each}
          lang={each}
          className="button"
          aria-pressed={each === chosen}
          onClick={() => setLanguage(each)}
        >
          {names[each]}
        </button>
      ))}
    </div>
  );
}
