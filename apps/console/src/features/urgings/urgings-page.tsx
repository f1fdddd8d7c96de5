import { answer, api, formatMoment, formatNumber, useSession, useWords } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty, Radio, Table, type TableProps } from 'antd';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { MineTag, StageTag, type Summary } from './stage-tag';
import { words } from './words';
import '../progress/progress.css';

const boxes = ['received', 'sent'] as const;
type Box = (typeof boxes)[number];
const states = ['open', 'unread', 'unanswered', 'done'] as const;

/** 督办: what I have to answer, and what came of what was sent. */
export function UrgingsPage() {
  const t = useWords(words);
  const { can } = useSession();
  const [search, change] = useUrlSearch<'box' | 'state'>();
  const box: Box = boxes.find((each) => each === search.box) ?? (can('urge.send') ? 'sent' : 'received');
  const offered = states.filter((state) => box === 'received' || state === 'open' || state === 'done');
  const state = offered.find((each) => each === search.state);
  const { limit, cursor } = useListPage();
  const query = { box, limit, cursor, ...(state ? { state } : {}) };
  const { data, error, refetch } = useQuery({
    queryKey: ['urgings', 'list', query],
    queryFn: () => answer(api.GET('/api/v1/urgings', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <h1>{t('urgings')}</h1>
      <div className="progress-tools">
        {can('urge.send') && (
          <Radio.Group
            aria-label={t('box')}
            optionType="button"
            value={box}
            onChange={({ target }) => change({ box: String(target.value), state: undefined, ...toFirstPage })}
            options={boxes.map((value) => ({ value, label: t(value) }))}
          />
        )}
        <Radio.Group
          aria-label={t('state')}
          optionType="button"
          value={state ?? 'all'}
          onChange={({ target }) =>
            change({ state: target.value === 'all' ? undefined : String(target.value), ...toFirstPage })
          }
          options={[
            { value: 'all', label: t('state_all') },
            ...offered.map((value) => ({ value, label: t(`state_${value}`) })),
          ]}
        />
      </div>
      <Problem error={error} retry={() => void refetch()} />
      {data ? <Urgings items={data.items} box={box} /> : !error && <Loading rows={8} />}
      <CursorPager page={data?.page} />
    </>
  );
}

function Urgings({ items, box }: { readonly items: readonly Summary[]; readonly box: Box }) {
  const t = useWords(words);
  const columns: TableProps<Summary>['columns'] = [
    {
      key: 'sender',
      title: t('sender'),
      render: (_, { id, sender }) => <Link to={`/urgings/${id}` as never}>{sender.name}</Link>,
    },
    { key: 'sentAt', title: t('sentAt'), render: (_, { sentAt }) => formatMoment(sentAt) },
    { key: 'stage', title: t('state'), render: (_, urging) => <StageTag urging={urging} /> },
    {
      key: 'backlog',
      title: t('backlog'),
      render: (_, { backlog, left }) =>
        backlog > 0 ? t('leftOf', { left: formatNumber(left), n: formatNumber(backlog) }) : '—',
    },
    { key: 'dueOn', title: t('dueOn'), render: (_, { dueOn }) => dueOn ?? t('noDue') },
    box === 'received'
      ? { key: 'mine', title: t('mine'), render: (_, urging) => <MineTag urging={urging} /> }
      : {
          key: 'receipts',
          title: t('receipts'),
          render: (_, { read = 0, recipients = 0, replied = 0 }) =>
            t('receiptCounts', { read: formatNumber(read), all: formatNumber(recipients), replied }),
        },
  ];
  return (
    <Table<Summary>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={`${t(`empty_${box}`)}${'\u3000'}${t(`emptyNext_${box}`)}`}
          />
        ),
      }}
    />
  );
}
