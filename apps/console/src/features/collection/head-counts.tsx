import type { components } from '@shidang/client';
import { answer, api, formatMoment, formatNumber, ToneTag, useSession, useWords, type Tone } from '@shidang/web-kit';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Radio, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { words } from './words';

type Row = components['schemas']['SchoolHeadCount'];

const states = ['declared', 'missing', 'confirmed'] as const;
const tones: Readonly<Record<Row['state'], Tone>> = { declared: 'waiting', missing: 'problem', confirmed: 'done' };
const wordOf = { declared: 'stateDeclared', missing: 'stateMissing', confirmed: 'stateConfirmed' } as const;

const confirmOne = ({ code, declared = 0 }: Row) =>
  answer(
    api.POST('/api/v1/organisations/{code}/head-count/confirmation', {
      params: { path: { code } },
      body: { declared },
    }),
  );

/** The schools right below; the authority confirms the numbers it sees here. */
export function HeadCounts({ code }: { readonly code: string }) {
  const t = useWords(words);
  const { can } = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [search, change] = useUrlSearch<'state'>();
  const state = states.find((each) => each === search.state);
  const { limit, cursor } = useListPage();
  const [chosen, choose] = useState<readonly Row[]>([]);
  const query = { organisation: code, limit, cursor, ...(state ? { state } : {}) };
  const { data, error, refetch } = useQuery({
    queryKey: ['head-counts', 'list', query],
    queryFn: () => answer(api.GET('/api/v1/head-counts', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const confirm = useMutation({
    mutationFn: async (rows: readonly Row[]) => {
      for (const row of rows) await confirmOne(row);
      return rows.length;
    },
    onSuccess: (n) => void message.success(t('confirmedN', { n })),
    onSettled: () => {
      choose([]);
      void queries.invalidateQueries({ queryKey: ['head-counts'] });
      void queries.invalidateQueries({ queryKey: ['progress'] });
    },
  });
  const may = can('headcount.confirm');
  return (
    <>
      <div className="progress-tools">
        <Radio.Group
          aria-label={t('state')}
          optionType="button"
          value={state ?? 'all'}
          onChange={({ target }) =>
            change({ state: target.value === 'all' ? undefined : String(target.value), ...toFirstPage })
          }
          options={[
            { value: 'all', label: t('state_all') },
            ...states.map((value) => ({ value, label: t(wordOf[value]) })),
          ]}
        />
        <span className="progress-push" />
        {may && (
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={confirm.isPending}
            onClick={() => confirm.mutate(chosen)}
          >
            {t('confirmChosen', { n: chosen.length })}
          </Button>
        )}
      </div>
      <Problem error={error ?? confirm.error} retry={error ? () => void refetch() : undefined} />
      {data ? (
        <Rows
          items={data.items}
          chosen={chosen}
          choose={may ? choose : undefined}
          confirm={(row) => confirm.mutate([row])}
        />
      ) : (
        !error && <Loading rows={8} />
      )}
      <CursorPager page={data?.page} />
    </>
  );
}

interface RowsProps {
  readonly items: readonly Row[];
  readonly chosen: readonly Row[];
  /** Absent for who may not confirm. */
  readonly choose?: (rows: readonly Row[]) => void;
  readonly confirm: (row: Row) => void;
}

function Rows({ items, chosen, choose, confirm }: RowsProps) {
  const t = useWords(words);
  const people = (n: number | undefined) => (n === undefined ? '—' : formatNumber(n));
  const columns: TableProps<Row>['columns'] = [
    { key: 'school', title: t('school'), render: (_, { school }) => school.name },
    {
      key: 'state',
      title: t('state'),
      render: (_, { state }) => <ToneTag tone={tones[state]}>{t(wordOf[state])}</ToneTag>,
    },
    { key: 'declared', title: t('declared'), align: 'right', render: (_, { declared }) => people(declared) },
    { key: 'at', title: t('declaredAt'), render: (_, { declaredAt }) => formatMoment(declaredAt) || '—' },
    { key: 'confirmed', title: t('before'), align: 'right', render: (_, { confirmed }) => people(confirmed) },
    ...(choose
      ? [
          {
            key: 'confirm',
            render: (_: unknown, row: Row) =>
              row.state === 'declared' && (
                <Button onClick={() => confirm(row)}>{t('confirm', { n: people(row.declared) })}</Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Table<Row>
      rowKey="code"
      size="small"
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      rowSelection={
        choose && {
          selectedRowKeys: chosen.map(({ code }) => code),
          onChange: (_, rows) => choose(rows),
          columnTitle: (box) => <label aria-label={t('selectAll')}>{box}</label>,
          getCheckboxProps: ({ school, state }) =>
            ({ 'aria-label': t('select', { name: school.name }), disabled: state !== 'declared' }) as object,
        }
      }
      locale={{
        emptyText: (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${t('empty')}${'\u3000'}${t('emptyNext')}`} />
        ),
      }}
    />
  );
}
