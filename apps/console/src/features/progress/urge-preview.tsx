import type { components } from '@shidang/client';
import { answer, api, formatMoment, formatNumber, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { words as consoleWords } from '../../app/words';
import { urgeWords } from './urge-words';
import './progress.css';

type Wish = components['schemas']['PreviewUrging'];
type Preview = components['schemas']['UrgingPreview'];

/** Asked again when the wish has rested for a moment: typing does not ask at every key. */
function useRested<T>(value: T, milliseconds: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}

export function useUrgePreview(wish: Wish): UseQueryResult<Preview> {
  const rested = useRested(wish, 250);
  return useQuery({
    queryKey: ['urgings', 'preview', rested],
    queryFn: () => answer(api.POST('/api/v1/urgings/preview', { body: rested })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
}

const mostNames = 5;

/** Whom it reaches, when, and with which words. */
export function UrgePreview({ preview: { data, error, isLoading } }: { readonly preview: UseQueryResult<Preview> }) {
  const t = useWords(urgeWords);
  const role = useWords(consoleWords);
  const language = useLanguage();
  if (error) return <Problem error={error} />;
  if (isLoading || !data) return <Loading rows={3} />;
  const roles = data.roles.map((each) =>
    t('roleCount', { role: role(`role_${each.role}` as 'role_principal'), n: formatNumber(each.n) }),
  );
  const names = data.unreachable.slice(0, mostNames).map(({ name }) => name);
  const listed = names.join(language === 'en' ? ', ' : '、');
  return (
    <section aria-label={t('preview')} aria-live="polite">
      <p>
        {t('reach', {
          n: formatNumber(data.recipients),
          roles: roles.join(language === 'en' ? ', ' : '、'),
          backlog: formatNumber(data.backlog),
        })}
        {data.held ? t('held', { at: formatMoment(data.deliverAt) }) : t('now')}
      </p>
      {data.letter && (
        <>
          <strong>{t('letterTo')}</strong>
          <div className="urge-letter">{inLanguage(data.letter, language)}</div>
        </>
      )}
      {names.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title={t('unreachable', {
            count: data.unreachable.length,
            names: data.unreachable.length > mostNames ? t('andMore', { names: listed }) : listed,
          })}
        />
      )}
    </section>
  );
}
