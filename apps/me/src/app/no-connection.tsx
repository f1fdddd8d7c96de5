import { useWords } from '@shidang/web-kit';
import { useEffect, useRef, useState } from 'react';
import { words } from './words';

/** Milliseconds before it is asked again: a second, doubling, at most a minute. */
const pauseAfter = (attempt: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(attempt, 10));

/** Nobody can be asked who one is: says what is and is not lost. Goes on by itself, at once when the device has its connection back. */
export function NoConnection({ again }: { readonly again: () => void }) {
  const t = useWords(words);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    const timer = setTimeout(() => {
      latest.current();
      setAttempt(attempt + 1);
    }, pauseAfter(attempt));
    return () => clearTimeout(timer);
  }, [attempt]);
  useEffect(() => {
    const ask = () => latest.current();
    window.addEventListener('online', ask);
    return () => window.removeEventListener('online', ask);
  }, []);
  return (
    <main className="door">
      <p className="door-brand">{t('product')}</p>
      <h1>{t('noConnection')}</h1>
      <p role="status">{t('noConnectionLead')}</p>
      <p className="quiet">{t('noConnectionKept')}</p>
      <button className="button button-main button-wide" onClick={again}>
        {t('tryAgain')}
      </button>
    </main>
  );
}
