import { daysSince, formatDay, formatNumber, ToneTag, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Empty, Table, type TableProps } from 'antd';
import { useMemo } from 'react';
import { toFirstPage } from '../../app/cursor-pager';
import { figures, Rate, type Figure, type Ranked } from './rates';
import { TurnBar } from './turn-bar';
import { words } from './words';

const sortable = ['code', 'headCount', ...figures, 'moved'] as const;
type SortKey = (typeof sortable)[number];
export type Sort = SortKey | `-${SortKey}`;

/** Those who lag behind first: they are why one looks. */
export const sortOf = (text: string | undefined): Sort => {
  const key = sortable.find((each) => each === text?.replace('-', ''));
  if (!key) return 'effective';
  return text?.startsWith('-') ? `-${key}` : key;
};

interface RankingTableProps {
  readonly items: readonly Ranked[];
  readonly sort: Sort;
  readonly change: (next: Partial<Record<'sort' | 'cursor' | 'passed', string | undefined>>) => void;
  readonly chosen: readonly string[];
  readonly choose: (codes: readonly string[]) => void;
  readonly mayUrge: boolean;
}

const shown: readonly Figure[] = ['registered', 'complete', 'submitted', 'effective'];

export function RankingTable({ items, sort, change, chosen, choose, mayUrge }: RankingTableProps) {
  const t = useWords(words);
  const columns = useMemo(() => columnsOf(t, sort), [t, sort]);
  const sorted: TableProps<Ranked>['onChange'] = (_, __, sorter) => {
    const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
    const key = order === undefined ? undefined : `${order === 'descend' ? '-' : ''}${String(columnKey)}`;
    change({ sort: key, ...toFirstPage });
  };
  return (
    <Table<Ranked>
      rowKey={({ organisation }) => organisation.code}
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      size="small"
      onChange={sorted}
      showSorterTooltip={false}
      rowSelection={
        mayUrge
          ? {
              selectedRowKeys: [...chosen],
              onChange: (keys) => choose(keys.map(String)),
              columnTitle: (box) => <label aria-label={t('selectAll')}>{box}</label>,
              getCheckboxProps: ({ organisation }) =>
                ({ 'aria-label': t('select', { name: organisation.name }) }) as object,
            }
          : undefined
      }
      locale={{
        emptyText: (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${t('empty')}${'\u3000'}${t('emptyNext')}`} />
        ),
      }}
    />
  );
}

function columnsOf(t: ReturnType<typeof useWords<(typeof words.keys)[number]>>, sort: Sort) {
  const orderOf = (key: string) => (sort === key ? 'ascend' : sort === `-${key}` ? 'descend' : null);
  const sorting = (key: string) => ({ key, sorter: true, sortOrder: orderOf(key) }) as const;
  const columns: TableProps<Ranked>['columns'] = [
    {
      ...sorting('code'),
      title: t('organisation'),
      render: (_, { organisation: { code, name } }) => (
        <Link to="/progress" search={{ organisation: code } as never}>
          {name}
        </Link>
      ),
    },
    {
      ...sorting('headCount'),
      title: t('headCount'),
      align: 'right',
      render: (_, { headCount, schools, schoolsDeclared }) =>
        schoolsDeclared === 0 || headCount === undefined ? (
          <span className="progress-quiet">{t('undeclared')}</span>
        ) : (
          <span className="progress-rate">
            {formatNumber(headCount)}
            {schoolsDeclared < schools && <small>{`${schoolsDeclared}/${schools}`}</small>}
          </span>
        ),
    },
    ...shown.map((figure) => ({
      ...sorting(figure),
      title: t(figure),
      align: 'right' as const,
      render: (_: unknown, progress: Ranked) => <Rate progress={progress} figure={figure} />,
    })),
    { key: 'turns', title: t('whoseTurn'), width: 320, render: (_, { turns }) => <TurnBar turns={turns} /> },
    {
      ...sorting('moved'),
      title: t('moved'),
      render: (_, { movedAt, overdue, dueOn }) => (
        <>
          {movedAt ? <span title={formatDay(movedAt)}>{ago(movedAt, t)}</span> : '—'}{' '}
          {overdue && <ToneTag tone="problem">{t('overdueSince', { day: dueOn ?? '' })}</ToneTag>}
        </>
      ),
    },
  ];
  return columns;
}

const ago = (at: string, t: (key: 'preset_idle', said: { count: number }) => string): string =>
  daysSince(at) === 0 ? formatDay(at) : t('preset_idle', { count: daysSince(at) });
