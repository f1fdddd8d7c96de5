import { useWords } from '@shidang/web-kit';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button, Result } from 'antd';
import { Problem } from './problem';
import { words } from './words';

/** A page that failed to draw or to load; reloading also fetches a new version of the console. */
export function FailedPage({ error }: ErrorComponentProps) {
  const t = useWords(words);
  return (
    <Result
      status="error"
      title={<h1>{t('failed')}</h1>}
      subTitle={<Problem error={error} />}
      extra={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
    />
  );
}
