import { useWords } from '@shidang/web-kit';
import { Link } from 'wouter';
import { Sheet } from './sheet';
import { words } from './words';

export function NotFoundPage() {
  const t = useWords(words);
  return (
    <Sheet title={t('notFound')} back="/">
      <Link className="button button-wide" href="/">
        {t('goHome')}
      </Link>
    </Sheet>
  );
}
