import { formatMoment, formatMonth, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Empty, Select, Space, Table, type TableColumnsType } from 'antd';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { MonthSelect } from './month-select';
import { isMonth } from './months';
import { useReports, type ReportSummary, type Stage } from './report-calls';
import { StageTag } from './stage-tag';
import { stages, words } from './words';

const isStage = (text: string | undefined): text is Stage => stages.some((stage) => stage === text);

/** Every report within reach, newest month first. */
export function AllReportsPage() {
  const t = useWords(words);
  const [search, change] = useUrlSearch<'month' | 'stage'>();
  const { limit, cursor } = useListPage();
  const month = isMonth(search.month) ? search.month : undefined;
  const stage = isStage(search.stage) ? search.stage : undefined;
  const { data, error, refetch } = useReports({ month, stage, limit, cursor });
  const columns: TableColumnsType<ReportSummary> = [
    {
      key: 'month',
      title: t('month'),
      render: (_, report) => (
        <Link to="/monthly-reports/$reportId" params={{ reportId: report.id } as never}>
          {formatMonth(report.month)}
        </Link>
      ),
    },
    { key: 'organisation', title: t('organisation'), render: (_, { organisation }) => organisation.name },
    { key: 'stage', title: t('stage'), render: (_, report) => <StageTag stage={report.stage} late={report.late} /> },
    { key: 'due', title: t('dueOn'), dataIndex: 'dueOn' },
    { key: 'submitted', title: t('submittedAt'), render: (_, { submittedAt }) => formatMoment(submittedAt) },
    {
      key: 'version',
      title: t('version'),
      render: (_, { number }) => (number > 0 ? t('versionN', { n: number }) : ''),
    },
  ];
  return (
    <>
      <Space style={{ marginBottom: 12, width: '100%', justifyContent: 'space-between' }}>
        <h1 style={{ margin: 0 }}>{t('all')}</h1>
        <Link to="/monthly-reports">{t('oneMonth')}</Link>
      </Space>
      <Space style={{ marginBottom: 12 }}>
        <MonthSelect month={month} allowClear change={(next) => change({ month: next, ...toFirstPage })} />
        <Select<Stage>
          aria-label={t('stage')}
          style={{ width: 180 }}
          allowClear
          placeholder={t('anyStage')}
          value={stage}
          onChange={(next?: Stage) => change({ stage: next, ...toFirstPage })}
          options={stages.map((each) => ({ value: each, label: t(`stage_${each}`) }))}
        />
      </Space>
      <Problem error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Table
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={data.items}
          pagination={false}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={
                  <>
                    <div>{t('noReports')}</div>
                    <div>{t('noReportsNext')}</div>
                  </>
                }
              />
            ),
          }}
        />
      )}
      {data && <CursorPager page={data.page} />}
    </>
  );
}
