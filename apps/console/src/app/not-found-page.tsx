import { useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Result } from 'antd';
import { words } from './words';

export function NotFoundPage() {
  const t = useWords(words);
  return <Result status="404" title={<h1>{t('notFound')}</h1>} extra={<Link to="/">{t('goHome')}</Link>} />;
}
