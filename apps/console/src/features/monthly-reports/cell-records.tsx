import { inLanguage, StatusTag, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Drawer, Table, type TableColumnsType } from 'antd';
import type { components } from '@shidang/client';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { useCellRecords, type Report } from './report-calls';
import { cellsIn } from './sheet-draft';
import { words } from './words';

type CellRecord = components['schemas']['CellRecord'];

/** The list behind a figure, in the URL as `?cell=`: of a frozen sheet as it was. */
export function CellRecords({ report }: { readonly report: Report }) {
  const [search, change] = useUrlSearch<'cell' | 'cursor' | 'passed'>();
  const cell = cellsIn(report).find(({ key, hasRecords }) => hasRecords && key === search.cell);
  const close = () => change({ cell: undefined, ...toFirstPage });
  return (
    <Drawer
      open={cell !== undefined}
      onClose={close}
      size={720}
      destroyOnHidden
      title={cell && <Title report={report} />}
    >
      {cell && <RecordList report={report} cell={cell.key} />}
    </Drawer>
  );
}

function Title({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const language = useLanguage();
  const [search] = useUrlSearch<'cell'>();
  const cell = cellsIn(report).find(({ key }) => key === search.cell);
  return cell ? t('recordsTitle', { label: inLanguage(cell.label, language), count: String(cell.total ?? 0) }) : '';
}

function RecordList({ report, cell }: { readonly report: Report; readonly cell: string }) {
  const t = useWords(words);
  const { can } = useSession();
  const { limit, cursor } = useListPage();
  const number = report.shown === 0 ? undefined : report.shown;
  const { data, error, refetch } = useCellRecords(report.id, { key: cell, number, limit, cursor });
  const columns: TableColumnsType<CellRecord> = [
    {
      key: 'name',
      title: t('name'),
      render: (_, { teacherId, name }) =>
        name && can('record.read') ? (
          <Link className="name" to="/teachers/$teacherId" params={{ teacherId } as never}>
            {name}
          </Link>
        ) : (
          (name ?? t('gone'))
        ),
    },
    { key: 'school', title: t('school'), render: (_, { schoolName, schoolCode }) => schoolName ?? schoolCode },
    { key: 'status', title: t('status'), render: (_, { status }) => <StatusTag status={status} /> },
    { key: 'version', title: t('recordVersion'), dataIndex: 'recordVersion' },
  ];
  return (
    <>
      <p>{t(number === undefined ? 'recordsLive' : 'recordsFrozen')}</p>
      <Problem error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Table
          size="small"
          rowKey="teacherId"
          columns={columns}
          dataSource={data.items}
          pagination={false}
          locale={{ emptyText: t('noRecords') }}
        />
      )}
      {data && <CursorPager page={data.page} />}
    </>
  );
}
