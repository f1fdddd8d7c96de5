import { codeName } from '@shidang/catalogue';
import { formatDay, formatNumber, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Button, Empty, Table, type TableProps } from 'antd';
import { words as consoleWords } from '../../app/words';
import type { Organisation } from './organisations-query';
import { words } from './words';

interface OrganisationTableProps {
  readonly rows: readonly Organisation[];
  readonly loading: boolean;
  /** Found anywhere below: says where. */
  readonly withParent: boolean;
  readonly empty: string;
  /** Undefined for those that are not one's own to rename. */
  readonly rename?: (row: Organisation) => (() => void) | undefined;
}

type Columns = NonNullable<TableProps<Organisation>['columns']>;

export function OrganisationTable({ rows, loading, withParent, empty, rename }: OrganisationTableProps) {
  const t = useWords(words);
  const c = useWords(consoleWords);
  const named = (table: string, code?: string) => (code ? codeName(table, code) : '');
  const schoolColumns: Columns = [
    {
      title: t('category'),
      key: 'category',
      render: (_, { category }) => category && t(`category_${category}`),
    },
    { title: t('runningType'), key: 'type', render: (_, { runningType }) => named('schoolRunType', runningType) },
    { title: t('owner'), key: 'owner', render: (_, { owner }) => named('schoolOwner', owner) },
    { title: t('urbanRural'), key: 'urban', render: (_, { urbanRural }) => named('urbanRural', urbanRural) },
  ];
  const columns: Columns = [
    { title: t('code'), dataIndex: 'code', width: 120 },
    {
      title: t('name'),
      key: 'name',
      render: (_, { code, name }) => (
        <Link to={'/organisations' as never} search={{ at: code } as never}>
          {name}
        </Link>
      ),
    },
    ...(withParent
      ? [{ title: t('parent'), key: 'parent', render: (_: unknown, { parentName }: Organisation) => parentName }]
      : []),
    { title: t('tier'), key: 'tier', width: 80, render: (_, { tier }) => c(`tier_${tier}`) },
    ...(rows.some(({ tier }) => tier === 'school') ? schoolColumns : []),
    {
      title: t('children'),
      key: 'children',
      width: 90,
      align: 'right',
      render: (_, { tier, childCount }) => (tier === 'school' ? '' : formatNumber(childCount)),
    },
    { title: t('foundedAt'), key: 'founded', width: 110, render: (_, { foundedAt }) => formatDay(foundedAt) },
    ...(rename
      ? [
          {
            title: '',
            key: 'rename',
            width: 76,
            render: (_: unknown, row: Organisation) => {
              const run = rename(row);
              return (
                run && (
                  <Button type="link" size="small" onClick={run} aria-label={t('renameOf', { name: row.name })}>
                    {t('rename')}
                  </Button>
                )
              );
            },
          },
        ]
      : []),
  ];
  return (
    <Table
      size="small"
      rowKey="code"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      loading={loading}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
    />
  );
}
