import { answer, api, formatMoment, formatNumber, useWords } from '@shidang/web-kit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { CursorPager, useListPage } from '../../app/cursor-pager';
import { Problem } from '../../app/problem';
import { GetWorkbook } from './get-workbook';
import './imports.css';
import { StateTag } from './state-tag';
import { UploadCard } from './upload-card';
import type { ImportView } from './upload';
import { words } from './words';

/** Where a workbook comes from and where it goes; and every import of the organisation, to go on with. */
export function ImportsPage() {
  const t = useWords(words);
  return (
    <>
      <h1>{t('title')}</h1>
      <ol className="imports-steps">
        <li>
          <h2>{t('stepTemplate')}</h2>
          <GetWorkbook />
        </li>
        <li>
          <h2>{t('stepUpload')}</h2>
          <UploadCard />
        </li>
      </ol>
      <ImportHistory />
    </>
  );
}

function ImportHistory() {
  const t = useWords(words);
  const { limit, cursor } = useListPage();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['imports', 'list', limit, cursor],
    queryFn: () => answer(api.GET('/api/v1/imports', { params: { query: { limit, cursor } } })),
  });
  const columns: ColumnsType<ImportView> = [
    {
      title: t('file'),
      key: 'file',
      render: (_, { id, fileName }) => (
        <Link to={'/imports/$importId' as never} params={{ importId: id } as never}>
          {fileName}
        </Link>
      ),
    },
    { title: t('state'), key: 'state', width: 140, render: (_, { state }) => <StateTag state={state} /> },
    {
      title: t('organisation'),
      key: 'organisation',
      width: 220,
      render: (_, { organisation, organisationName }) => organisationName ?? organisation,
    },
    {
      title: t('rows'),
      key: 'rows',
      width: 100,
      align: 'right',
      render: (_, { counts }) => (counts ? formatNumber(counts.rows) : ''),
    },
    {
      title: t('rowsBad'),
      key: 'bad',
      width: 120,
      align: 'right',
      render: (_, { counts }) => (counts ? formatNumber(counts.bad) : ''),
    },
    { title: t('uploadedAt'), key: 'at', width: 180, render: (_, { createdAt }) => formatMoment(createdAt) },
  ];
  return (
    <section>
      <h2 className="imports-heading">{t('history')}</h2>
      <Problem error={error} retry={() => void refetch()} />
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={data?.items}
        loading={isPending && !error}
        pagination={false}
        locale={{ emptyText: <Empty description={t('noneYet')} image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
      />
      <CursorPager page={data?.page} />
    </section>
  );
}
