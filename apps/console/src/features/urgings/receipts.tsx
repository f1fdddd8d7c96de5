import type { components } from '@shidang/client';
import { answer, api, formatMoment, formatNumber, useWords } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Radio, Table, type TableProps } from 'antd';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { words as consoleWords } from '../../app/words';
import type { Summary } from './stage-tag';
import { words } from './words';

type Receipt = components['schemas']['UrgingReceipt'];

const states = ['unread', 'read', 'unanswered', 'answered'] as const;
const fresh = 5_000;

/** Who has been told, who has read it, who has answered: the evidence. */
export function Receipts({ urgingId, urging }: { readonly urgingId: string; readonly urging: Summary }) {
  const t = useWords(words);
  const [search, change] = useUrlSearch<'receipts'>();
  const state = states.find((each) => each === search.receipts);
  const { limit, cursor } = useListPage();
  const query = { limit, cursor, ...(state ? { state } : {}) };
  const { data, error, refetch } = useQuery({
    queryKey: ['urgings', urgingId, 'receipts', query],
    queryFn: () => answer(api.GET('/api/v1/urgings/{urgingId}/receipts', { params: { path: { urgingId }, query } })),
    placeholderData: keepPreviousData,
    refetchInterval: fresh,
  });
  const { recipients = 0, read = 0, replied = 0 } = urging;
  return (
    <section aria-label={t('receipts')}>
      <h2>{t('receipts')}</h2>
      <div className="progress-tools">
        <Radio.Group
          aria-label={t('receiptState')}
          optionType="button"
          value={state ?? 'all'}
          onChange={({ target }) =>
            change({ receipts: target.value === 'all' ? undefined : String(target.value), ...toFirstPage })
          }
          options={[
            { value: 'all', label: t('receipt_all') },
            ...states.map((value) => ({ value, label: t(`receipt_${value}`) })),
          ]}
        />
        <span>
          {t('receiptCounts', {
            read: formatNumber(read),
            all: formatNumber(recipients),
            replied: formatNumber(replied),
          })}
        </span>
      </div>
      <Problem error={error} retry={() => void refetch()} />
      {data ? <Rows items={data.items} /> : !error && <Loading rows={4} />}
      <CursorPager page={data?.page} />
    </section>
  );
}

function Rows({ items }: { readonly items: readonly Receipt[] }) {
  const t = useWords(words);
  const role = useWords(consoleWords);
  const columns: TableProps<Receipt>['columns'] = [
    {
      key: 'name',
      title: t('recipient'),
      render: (_, { name, climbed }) => (
        <>
          <span className="name">{name ?? t('nameless')}</span>
          {climbed && ` (${t('climbedMark')})`}
        </>
      ),
    },
    { key: 'organisation', title: t('organisation'), render: (_, { organisation }) => organisation.name },
    { key: 'role', title: t('role'), render: (_, { role: post }) => role(`role_${post}` as 'role_principal') },
    { key: 'delivered', title: t('deliveredAt'), render: (_, { deliveredAt }) => formatMoment(deliveredAt) || '—' },
    { key: 'read', title: t('readAt'), render: (_, { readAt }) => formatMoment(readAt) || t('unread') },
    { key: 'replied', title: t('repliedAt'), render: (_, { repliedAt }) => formatMoment(repliedAt) || '—' },
    { key: 'reply', title: t('reply'), render: (_, { reply }) => reply ?? '' },
  ];
  return (
    <Table<Receipt>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noReceipts')} /> }}
    />
  );
}
