import {
  answer,
  api,
  formatNumber,
  JobProgress,
  useJob,
  useKeys,
  useLanguage,
  useWords,
  type Language,
} from '@shidang/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Empty, Segmented, Space, Table, type TableColumnsType } from 'antd';
import type { components } from '@shidang/client';
import { useEffect, useState } from 'react';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { usePathParameter, useUrlSearch } from '../../app/url-state';
import './review.css';
import { words } from './words';

type Batch = components['schemas']['ReviewBatchView'];
type Item = components['schemas']['BatchItemView'];

const batchKey = (batchId: string) => ['review', 'batch', batchId] as const;

/** What became of a batch: how far it is, what was skipped and why, and the way back while there is one. */
export function BatchPage() {
  const t = useWords(words);
  const batchId = usePathParameter('batchId');
  const { data: job, error } = useJob(batchId);
  const query = useQuery({
    queryKey: [...batchKey(batchId), job?.state],
    queryFn: () => answer(api.GET('/api/v1/review-batches/{batchId}', { params: { path: { batchId } } })),
    placeholderData: (before) => before,
  });
  const { undo, release } = useVerbs(batchId);
  const held = job?.state === 'held';
  useKeys([{ keys: 'U', label: t('undo'), run: () => held && undo.mutate() }]);
  return (
    <div>
      <h1>{t('batchTitle')}</h1>
      <p>
        <Link to="/review">{t('backToReview')}</Link>
      </p>
      <Problem error={error ?? query.error ?? undo.error ?? release.error} />
      {job ? <JobProgress job={job} /> : !error && <Loading rows={2} />}
      {query.data && <Standing batch={query.data} />}
      {held && query.data && (
        <Space className="review-verdicts">
          <Button danger loading={undo.isPending} onClick={() => undo.mutate()} aria-keyshortcuts="U">
            {t('undo')} <kbd>U</kbd>
          </Button>
          <Button type="primary" loading={release.isPending} onClick={() => release.mutate()}>
            {t('releaseNow')}
          </Button>
          <Countdown until={query.data.releaseAt} />
        </Space>
      )}
      <Items batchId={batchId} state={job?.state} skipped={job?.skipped ?? 0} />
    </div>
  );
}

function useVerbs(batchId: string) {
  const queries = useQueryClient();
  const onSettled = () => {
    void queries.invalidateQueries({ queryKey: ['job', batchId] });
    void queries.invalidateQueries({ queryKey: ['review'] });
  };
  const params = { path: { batchId } };
  const undo = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/review-batches/{batchId}/undo', { params })),
    onSettled,
  });
  const release = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/review-batches/{batchId}/release', { params })),
    onSettled,
  });
  return { undo, release };
}

function Standing({ batch: { state, stoppedBy, count, decided, skippedCount } }: { readonly batch: Batch }) {
  const t = useWords(words);
  const said = {
    held: t('stateHeld', { count: formatNumber(count) }),
    released: t('stateReleased', { count: formatNumber(decided) }),
    undone: t('stateUndone', { count: formatNumber(count) }),
    stopped: t(stoppedBy === 'review.batch_gave_up' ? 'stateGaveUp' : 'stateStopped'),
    holding: undefined,
    releasing: undefined,
  }[state];
  if (!said) return null;
  const type = state === 'stopped' ? 'error' : state === 'released' ? 'success' : 'info';
  return (
    <Alert
      className="review-standing"
      type={type}
      showIcon
      title={said}
      description={skippedCount > 0 ? t('skippedCount', { count: formatNumber(skippedCount) }) : undefined}
    />
  );
}

/** Minutes and seconds until there is no way back. */
function Countdown({ until }: { readonly until: string }) {
  const t = useWords(words);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return <span role="timer">{t('undoFor', { time })}</span>;
}

const whyOf = ({ detail, detailEn }: Item, language: Language) => (language === 'en' ? detailEn : detail);

const shown = ['skipped', 'held', 'decided', 'undone'] as const;

/** What one wants to see first: what was skipped, else what became of the rest. */
const usual = (state: string | undefined, skipped: number): (typeof shown)[number] => {
  if (skipped > 0) return 'skipped';
  return state === 'undone' || state === 'stopped' ? 'undone' : state === 'done' ? 'decided' : 'held';
};

interface ItemsProps {
  readonly batchId: string;
  readonly state: string | undefined;
  readonly skipped: number;
}

/** One result per case; skipped ones first, each with the way to decide it singly. */
function Items({ batchId, state, skipped }: ItemsProps) {
  const t = useWords(words);
  const language = useLanguage();
  const { limit, cursor } = useListPage();
  const [{ result = usual(state, skipped) }, change] = useUrlSearch<'result' | 'cursor' | 'passed'>();
  const { data, error, isPending } = useQuery({
    queryKey: [...batchKey(batchId), 'items', state, skipped, result, limit, cursor],
    queryFn: () =>
      answer(
        api.GET('/api/v1/review-batches/{batchId}/items', {
          params: {
            path: { batchId },
            query: { result: result as Item['result'], limit, ...(cursor ? { cursor } : {}) },
          },
        }),
      ),
    placeholderData: (before) => before,
  });
  const columns: TableColumnsType<Item> = [
    {
      title: t('teacher'),
      render: (_, item) => <span className="name">{item.teacherName ?? item.caseId.slice(0, 8)}</span>,
    },
    { title: t('school'), dataIndex: 'organisationName' },
    { title: t('result'), render: (_, item) => t(`result_${item.result}`) },
    ...(result === 'skipped' ? [{ title: t('why'), render: (_: unknown, item: Item) => whyOf(item, language) }] : []),
    {
      title: t(result === 'skipped' ? 'open' : 'look'),
      render: (_, item) => (
        <Link to="/review" search={{ case: item.caseId } as never}>
          {t(result === 'skipped' ? 'open' : 'look')}
        </Link>
      ),
    },
  ];
  return (
    <section className="review-items">
      <Segmented
        aria-label={t('result')}
        value={result}
        onChange={(next) => change({ result: String(next), ...toFirstPage })}
        options={shown.map((each) => ({ value: each, label: t(`result_${each}`) }))}
      />
      <Problem error={error} />
      <Table
        rowKey="caseId"
        size="small"
        loading={isPending}
        columns={columns}
        dataSource={data?.items ?? []}
        pagination={false}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t(result === 'skipped' ? 'nothingSkipped' : 'nothingHere')}
            />
          ),
        }}
      />
      <CursorPager page={data?.page} />
    </section>
  );
}
