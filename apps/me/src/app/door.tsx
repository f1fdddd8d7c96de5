import { languages, setLanguage, useLanguage, useWords } from '@shidang/web-kit';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { words } from './words';

const names = { 'zh-CN': '中文', en: 'English' } as const;

interface DoorProps {
  readonly title: string;
  readonly lead?: string;
  readonly other: { readonly to: string; readonly words: string };
  readonly children: ReactNode;
}

/** Pages for whom nobody is logged in yet. */
export function Door({ title, lead, other, children }: DoorProps) {
  const t = useWords(words);
  const chosen = useLanguage();
  return (
    <main className="door">
      <p className="door-brand">{t('product')}</p>
      <h1>{title}</h1>
      {lead && <p className="quiet">{lead}</p>}
      {children}
      <p className="door-foot">
        <Link href={other.to} className="link">
          {other.words}
        </Link>
        {languages
          .filter((each) => each !== chosen)
          .map((each) => (
            <button key={each} className="link" lang={each} onClick={() => setLanguage(each)}>
              {names[each]}
            </button>
          ))}
      </p>
    </main>
  );
}
