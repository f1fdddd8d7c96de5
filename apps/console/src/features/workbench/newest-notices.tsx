import { answer, api, formatMoment, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { linkOf, routeOf } from '../notices/notice-link';
import { useReadNotices } from '../notices/use-notices';
import { words } from './words';

const shown = 6;

export function NewestNotices() {
  const t = useWords(words);
  const language = useLanguage();
  const { one } = useReadNotices();
  const { data, error, refetch } = useQuery({
    queryKey: ['notices', 'newest'],
    queryFn: () => answer(api.GET('/api/v1/notices', { params: { query: { limit: shown } } })),
  });
  return (
    <section aria-label={t('notices')}>
      <h2>{t('notices')}</h2>
      <Problem error={error} retry={() => void refetch()} />
      {!data && !error && <Loading rows={3} />}
      {data?.items.length === 0 && <p>{t('noNotices')}</p>}
      <ul className="workbench-news">
        {data?.items.map((notice) => (
          <li key={notice.id}>
            <Link
              {...routeOf(linkOf(notice))}
              className={notice.read ? undefined : 'notice-unread'}
              onClick={() => !notice.read && one.mutate(notice.id)}
            >
              {inLanguage(notice.words, language)}
            </Link>
            <small>{formatMoment(notice.at)}</small>
          </li>
        ))}
      </ul>
      <p>
        <Link to={'/notices' as never}>{t('allNotices')}</Link>
      </p>
    </section>
  );
}
