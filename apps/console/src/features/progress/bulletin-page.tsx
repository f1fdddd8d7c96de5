import { answer, api, formatMoment, formatNumber, formatRate, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { usePathParameter, useUrlSearch } from '../../app/url-state';
import { rankedOf, type Counted } from './counted';
import { waitingOf } from './turn-bar';
import { words } from './words';
import './progress.css';

const columns = ['registered', 'complete', 'submitted', 'effective'] as const;

/** 通报: the ranking as a document, by print also as PDF. */
export function BulletinPage() {
  const t = useWords(words);
  const code = usePathParameter('code');
  const [search] = useUrlSearch<'level'>();
  const level = search.level === 'schools' ? 'schools' : 'children';
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['progress', code, 'bulletin', level],
    queryFn: async () => ({
      whole: await answer(api.GET('/api/v1/progress/{code}', { params: { path: { code } } })),
      // a document lists everybody, in one answer
      ranked: rankedOf(
        await answer(api.GET('/api/v1/progress/{code}/counts', { params: { path: { code }, query: { level } } })),
      ),
    }),
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={12} />;
  const { whole, ranked } = data;
  return (
    <>
      <div className="progress-tools no-print">
        <Link to="/progress" search={{ organisation: code, ...(level === 'schools' ? { level } : {}) } as never}>
          {t('back')}
        </Link>
        <span className="progress-push" />
        <Button type="primary" onClick={() => globalThis.print()}>
          {t('print')}
        </Button>
      </div>
      <h1 className="bulletin-title">{t('bulletinTitle')}</h1>
      <p className="bulletin-title">
        {t('bulletinOf', { name: whole.organisation.name, at: formatMoment(new Date(dataUpdatedAt)) })}
      </p>
      <table className="bulletin">
        <thead>
          <tr>
            <th scope="col">{t('rank')}</th>
            <th scope="col">{t('organisation')}</th>
            <th scope="col">{t('headCount')}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {t(column)}
              </th>
            ))}
            <th scope="col">{t('waits')}</th>
            <th scope="col">{t('overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {ranked.map((row, index) => (
            <Line key={row.code} counted={row} rank={String(index + 1)} name={row.name} overdue={row.overdue} />
          ))}
          <Line counted={whole} rank="" name={t('total')} />
        </tbody>
      </table>
      <p>{t('bulletinNote')}</p>
    </>
  );
}

interface LineProps {
  readonly counted: Pick<Counted, 'headCount' | 'turns'> & { readonly figures: Partial<Counted['figures']> };
  readonly rank: string;
  readonly name: string;
  readonly overdue?: boolean;
}

function Line({ counted, rank, name, overdue }: LineProps) {
  const t = useWords(words);
  const { headCount, turns, figures } = counted;
  const waits = waitingOf(turns).map(({ turn, n }) => t('turn_count', { who: t(`turn_${turn}`), n: formatNumber(n) }));
  return (
    <tr>
      <td>{headCount === undefined ? '—' : rank}</td>
      <th scope="row">{name}</th>
      <td>{headCount === undefined ? t('undeclared') : formatNumber(headCount)}</td>
      {columns.map((column) => (
        <td key={column}>
          {headCount
            ? `${formatNumber(figures[column] ?? 0)} (${formatRate(figures[column] ?? 0, headCount)})`
            : formatNumber(figures[column] ?? 0)}
        </td>
      ))}
      <td>{waits.join(' · ')}</td>
      <td>{overdue ? t('overdue') : ''}</td>
    </tr>
  );
}
