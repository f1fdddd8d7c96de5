import { daysSince, useWords } from '@shidang/web-kit';
import { Button, Empty } from 'antd';
import { useEffect, useRef } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import type { CaseSummary } from './review-filter';
import type { Outcome, Queue } from './use-queue';
import { words } from './words';

interface CaseListProps {
  readonly queue: Queue;
  readonly open: string | undefined;
  readonly onOpen: (caseId: string) => void;
}

/** Who waits, oldest first. The open one is always in sight. */
export function CaseList({ queue, open, onOpen }: CaseListProps) {
  const t = useWords(words);
  const { items, query, decided, total } = queue;
  const current = useRef<HTMLButtonElement>(null);
  // newer browsers answer a promise, which is no clean-up
  useEffect(() => {
    void current.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  if (query.isPending) return <Loading />;
  return (
    <section className="review-list" aria-label={t('list')}>
      <Problem error={query.error} retry={() => void query.refetch()} />
      {items.length === 0 && !query.error && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('nothing')}>
          <p>{t('nothingWhy')}</p>
        </Empty>
      )}
      <ol>
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              ref={item.id === open ? current : undefined}
              aria-current={item.id === open || undefined}
              onClick={() => onOpen(item.id)}
            >
              <Line item={item} outcome={decided.get(item.id)} />
            </button>
          </li>
        ))}
      </ol>
      {items.length > 0 && (
        <p className="review-list-foot">
          <span>{t('shownOf', { shown: items.length, total })}</span>
          {query.hasNextPage && (
            <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('loadMore')}
            </Button>
          )}
          <Button size="small" onClick={() => void queue.readAgain()}>
            {t('refresh')}
          </Button>
        </p>
      )}
    </section>
  );
}

function Line({ item, outcome }: { readonly item: CaseSummary; readonly outcome: Outcome | undefined }) {
  const t = useWords(words);
  const { claimedBy, heldUntil, ruleHits, movedAt } = item;
  const days = daysSince(movedAt);
  const badges = [
    ...(outcome ? [t(`decided_${outcome}`)] : []),
    ...(heldUntil ? [t('heldNow')] : []),
    ...(ruleHits.length > 0 ? [t('risky')] : []),
    ...(claimedBy && !claimedBy.mine ? [t('readingNow', { name: claimedBy.name ?? t('aColleague') })] : []),
  ];
  return (
    <>
      <span className="review-line">
        <b className="name">{item.teacherName ?? item.teacherId.slice(0, 8)}</b>
        {days > 0 && <span>{t('days', { count: days })}</span>}
      </span>
      <span className="review-line-school">{item.organisationName ?? item.organisation}</span>
      {badges.length > 0 && (
        <span className="review-badges">
          {badges.map((each) => (
            <i key={each}>{each}</i>
          ))}
        </span>
      )}
    </>
  );
}
