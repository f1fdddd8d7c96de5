import { useWords } from '@shidang/web-kit';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { words } from './words';

/** Nothing for 300 ms, then the shape of what comes. */
export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const t = useWords(words);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status">
      {late && <Skeleton active={false} paragraph={{ rows }} />}
    </div>
  );
}
