import { answer, api, formatTime, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { words } from './words';

const underWay = new Set(['holding', 'held', 'releasing']);

/** One's own batches that are not over yet: what was left running is found again. */
export function useOpenBatches() {
  const { data } = useQuery({
    queryKey: ['review', 'batches'],
    queryFn: () => answer(api.GET('/api/v1/review-batches', { params: { query: { limit: 10 } } })),
    refetchInterval: ({ state }) => (state.data?.items.some((each) => underWay.has(each.state)) ? 5_000 : false),
  });
  const open = (data?.items ?? []).filter((each) => underWay.has(each.state));
  return { open, latest: open[0] };
}

export function OpenBatches() {
  const t = useWords(words);
  const { open } = useOpenBatches();
  if (open.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="review-open-batches"
      title={t('openBatches')}
      description={open.map(({ id, verdict, count, state, releaseAt }) => (
        <div key={id}>
          <Link to="/review-batches/$batchId" params={{ batchId: id } as never}>
            {t('batchOf', { verdict: t(`verdict_${verdict}`), count })}
          </Link>{' '}
          {state === 'held' && t('heldUntil', { time: formatTime(releaseAt) })}
        </div>
      ))}
    />
  );
}
