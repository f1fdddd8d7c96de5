import { answer, api, formatNumber, formatRate, useSession, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { TurnBar } from '../progress/turn-bar';
import { words } from './words';

/** How far the own organisation is, and whose turn it is. */
export function ProgressCard() {
  const t = useWords(words);
  const { post } = useSession();
  const code = post.organisation;
  const { data, error, refetch } = useQuery({
    queryKey: ['progress', code],
    queryFn: () => answer(api.GET('/api/v1/progress/{code}', { params: { path: { code } } })),
  });
  return (
    <section aria-label={t('progress')}>
      <h2>{t('progress')}</h2>
      <Problem error={error} retry={() => void refetch()} />
      {!data && !error && <Loading rows={3} />}
      {data && (
        <>
          {data.headCount ? (
            <dl className="progress-figures">
              {(['submitted', 'effective'] as const).map((figure) => (
                <div className="progress-figure" key={figure}>
                  <dt>{t(figure)}</dt>
                  <dd>
                    {formatRate(data.figures[figure], data.headCount ?? 0)}
                    <small>
                      {t('ofAll', {
                        n: formatNumber(data.figures[figure]),
                        all: formatNumber(data.headCount ?? 0),
                      })}
                    </small>
                  </dd>
                </div>
              ))}
            </dl>
          ) : (
            <p>{t('noHeadCount')}</p>
          )}
          <TurnBar turns={data.turns} />
        </>
      )}
      <p>
        <Link to={'/progress' as never}>{t('seeProgress')}</Link>
      </p>
    </section>
  );
}
