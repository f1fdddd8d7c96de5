import { useWords } from '@shidang/web-kit';
import { words } from './words';

/** Nothing for 300 ms, then the shape of a page. */
export function Loading() {
  const t = useWords(words);
  return (
    <div className="loading" role="status" aria-label={t('loading')}>
      <i />
      <i />
      <i />
    </div>
  );
}
