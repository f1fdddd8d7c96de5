import { formatDay, formatNumber, ToneTag, useSession, useWords, type Tone } from '@shidang/web-kit';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Empty } from 'antd';
import { useMemo } from 'react';
import { Loading } from '../../app/loading';
import { routeOf } from '../notices/notice-link';
import { byDueDay, daysUntil } from './due-day';
import { looksFor, type Todo } from './todo';
import { words } from './words';

const fresh = 60_000;

/** Each kind is asked for by itself: one that cannot be read does not hide the others. */
export function TodoList() {
  const t = useWords(words);
  const session = useSession();
  const looks = useMemo(() => looksFor(session), [session]);
  const answers = useQueries({
    queries: looks.map(({ name, look }) => ({
      queryKey: ['workbench', session.post.id, name],
      queryFn: () => look(session),
      refetchInterval: fresh,
    })),
  });
  const found = answers.flatMap(({ data }) => data ?? []).sort(byDueDay);
  const loading = answers.some(({ isLoading }) => isLoading);
  return (
    <section aria-label={t('todo')}>
      <h2>{t('todo')}</h2>
      {answers.some(({ isError }) => isError) && <Alert type="warning" showIcon title={t('failed')} />}
      {found.length > 0 && <Todos found={found} />}
      {found.length === 0 && loading && <Loading rows={5} />}
      {found.length === 0 && !loading && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${t('nothing')}${'\u3000'}${t('nothingNext')}`} />
      )}
    </section>
  );
}

function Todos({ found }: { readonly found: readonly Todo[] }) {
  const t = useWords(words);
  return (
    <table className="workbench-todo">
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col" className="number">
            {t('count')}
          </th>
          <th scope="col">{t('due')}</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ key, count, to, dueOn, said }) => (
          <tr key={key}>
            <td>
              <Link {...routeOf(to)}>{t(key, said)}</Link>
            </td>
            <td className="number">{formatNumber(count)}</td>
            <td>{dueOn ? <DueDay day={dueOn} /> : t('noDue')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const soon = 3;

function DueDay({ day }: { readonly day: string }) {
  const t = useWords(words);
  const left = daysUntil(day, formatDay(new Date()));
  const tone: Tone = left < 0 ? 'problem' : left <= soon ? 'returned' : 'waiting';
  const said = left < 0 ? t('late', { count: -left }) : left === 0 ? t('today') : t('daysLeft', { count: left });
  return (
    <>
      {day} <ToneTag tone={tone}>{said}</ToneTag>
    </>
  );
}
