import { answer, api, formatMoment, useWords } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Space, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { words as consoleWords } from '../../app/words';
import { useFieldWords } from './field-words';
import { useCodeWords } from './code-words';
import { words } from './words';

type HistoryItem = components['schemas']['HistoryItem'];
type HistoryActor = components['schemas']['HistoryActor'];
type Viewer = components['schemas']['ViewerPage']['items'][number];

const atOnce = 50;

interface RecordAuditProps {
  readonly teacherId: string;
  /** Opened from one field: only what happened to that. */
  readonly section?: string;
  readonly indicator?: string;
}

/** 谁填报谁负责、谁审核谁负责: who entered each value and how, who reviewed it at each tier, and who looked at it. */
export function RecordAudit({ teacherId, section, indicator }: RecordAuditProps) {
  const t = useWords(words);
  return (
    <>
      <section aria-label={t('changes')} style={{ marginBottom: 24 }}>
        <h2 style={{ fontSize: 16 }}>{t('changes')}</h2>
        <Changes teacherId={teacherId} section={section} indicator={indicator} />
      </section>
      <section aria-label={t('looks')}>
        <h2 style={{ fontSize: 16 }}>{t('looks')}</h2>
        <Looks teacherId={teacherId} />
      </section>
    </>
  );
}

/** One changed value of one version: what an auditor traces is a field, not a row. */
interface Change {
  readonly id: string;
  readonly key: string | undefined;
  readonly item: HistoryItem;
}

const changesIn = (item: HistoryItem): Change[] =>
  item.what === 'removed'
    ? [{ id: item.id, key: undefined, item }]
    : item.changedKeys.map((key) => ({ id: `${item.id}.${key}`, key, item }));

function Changes({ teacherId, section, indicator }: RecordAuditProps) {
  const t = useWords(words);
  const fieldWords = useFieldWords();
  const [field, setField] = useState(section && indicator ? `${section}.${indicator}` : undefined);
  const [chosenSection, chosenKey] = field?.split('.') ?? [];
  const query = useInfiniteQuery({
    queryKey: ['teachers', teacherId, 'history', field ?? 'all'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/v1/teachers/{teacherId}/history', {
          params: {
            path: { teacherId },
            query: { section: chosenSection, indicator: chosenKey, limit: atOnce, cursor },
          },
        }),
      ),
    getNextPageParam: ({ page }) => page.next,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const rows = items.flatMap(changesIn).filter(({ key }) => !chosenKey || key === undefined || key === chosenKey);
  const fields = [...new Set([...(field ? [field] : []), ...items.flatMap(fieldsIn)])].sort();
  return (
    <>
      <Select<string>
        aria-label={t('field')}
        style={{ width: 320, marginBottom: 8 }}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('allFields')}
        value={field}
        onChange={(next?: string) => setField(next)}
        options={fields.map((each) => ({ value: each, label: fieldWords(each) }))}
      />
      <Problem error={query.error} retry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {query.data && <ChangeTable rows={rows} />}
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

const fieldsIn = (item: HistoryItem): string[] => item.changedKeys.map((key) => `${item.section}.${key}`);

function Actor({ by }: { readonly by: HistoryActor }) {
  const roles = useWords(consoleWords);
  const place = [by.organisationName, roles(`role_${by.role as 'teacher'}`)].filter(Boolean).join(' · ');
  return (
    <>
      <span className="name">{by.name ?? by.accountId}</span> <small>{place}</small>
    </>
  );
}

function ChangeTable({ rows }: { readonly rows: readonly Change[] }) {
  const t = useWords(words);
  const fieldWords = useFieldWords();
  const codeWords = useCodeWords();
  const columns: TableColumnsType<Change> = [
    { key: 'at', title: t('at'), width: 130, render: (_, { item }) => formatMoment(item.at) },
    {
      key: 'field',
      title: t('field'),
      render: (_, { item, key }) => (key ? fieldWords(`${item.section}.${key}`) : fieldWords(item.section)),
    },
    {
      key: 'value',
      title: t('value'),
      render: (_, { item, key }) =>
        key ? codeWords(item.section, key, (item.values as Record<string, unknown>)[key]) : t('removed'),
    },
    { key: 'who', title: t('who'), render: (_, { item }) => <Actor by={item.by} /> },
    { key: 'via', title: t('via'), render: (_, change) => <Via change={change} /> },
    { key: 'reviews', title: t('approved'), render: (_, { item }) => <Reviews item={item} /> },
  ];
  return (
    <Table
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      locale={{ emptyText: t('noChanges') }}
    />
  );
}

/** An import names its sheet, row and cell. */
function Via({ change: { item, key } }: { readonly change: Change }) {
  const t = useWords(words);
  const { kind, sheet, row, cells } = item.via;
  const cell = key ? (cells as Record<string, unknown> | undefined)?.[key] : undefined;
  return (
    <>
      {t(`via_${kind}`, { sheet: sheet ?? '', row: row ?? 0 })}
      {typeof cell === 'string' && <small>{` ${t('cell', { cell })}`}</small>}
    </>
  );
}

function Reviews({ item }: { readonly item: HistoryItem }) {
  const t = useWords(words);
  if (item.reviews.length === 0) return t('notReviewed');
  return item.reviews.map((review) => (
    <div key={`${review.submissionId} ${review.step} ${review.at}`}>
      {`${t(`step_${review.step}`)} ${t(`verdict_${review.verdict}`)} ${formatMoment(review.at)} `}
      <Actor by={review.by} />
    </div>
  ));
}

function Looks({ teacherId }: { readonly teacherId: string }) {
  const t = useWords(words);
  const roles = useWords(consoleWords);
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['teachers', teacherId, 'viewers'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/v1/teachers/{teacherId}/viewers', {
          params: { path: { teacherId }, query: { limit: atOnce, cursor } },
        }),
      ),
    getNextPageParam: ({ page }) => page.next,
  });
  const columns: TableColumnsType<Viewer> = [
    { key: 'at', title: t('at'), width: 130, render: (_, { at }) => formatMoment(at) },
    {
      key: 'who',
      title: t('who'),
      render: (_, { name, accountId, organisationName, role }) => (
        <Space>
          <span className="name">{name ?? accountId}</span>
          <small>{[organisationName, roles(`role_${role as 'teacher'}`)].filter(Boolean).join(' · ')}</small>
        </Space>
      ),
    },
    { key: 'reason', title: t('reason'), dataIndex: 'reason' },
  ];
  return (
    <>
      <Problem error={error} retry={() => void refetch()} />
      {isPending && <Loading rows={2} />}
      {data && (
        <Table
          size="small"
          rowKey={({ at, accountId }) => `${at} ${accountId}`}
          columns={columns}
          dataSource={data.pages.flatMap((page) => page.items)}
          pagination={false}
          locale={{ emptyText: t('noLooks') }}
        />
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
