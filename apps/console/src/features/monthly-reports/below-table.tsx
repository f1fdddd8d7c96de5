import { formatMoment, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Space, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useAccepting } from './accept-below';
import { ReasonDialog } from './reason-dialog';
import { returnReport, useReportsAgain, type ReportMonth, type ReportSummary } from './report-calls';
import { StageTag } from './stage-tag';
import { words } from './words';

type Below = ReportMonth['below'][number];

/** Who reports here and how far each is; the ones that came are accepted at once or one by one. */
export function BelowTable({ month }: { readonly month: ReportMonth }) {
  const t = useWords(words);
  const accepting = useAccepting();
  const [returning, setReturning] = useState<ReportSummary>();
  const waiting = month.below.flatMap(({ report }) => (report?.may.includes('accept') ? [report] : []));
  const columns: TableColumnsType<Below> = [
    { key: 'organisation', title: t('organisation'), render: (_, { organisation }) => organisation.name },
    {
      key: 'stage',
      title: t('stage'),
      render: (_, { report, late }) => <StageTag stage={report?.stage} late={late} />,
    },
    { key: 'due', title: t('dueOn'), dataIndex: 'dueOn' },
    { key: 'submitted', title: t('submittedAt'), render: (_, { report }) => formatMoment(report?.submittedAt) },
    {
      key: 'version',
      title: t('version'),
      render: (_, { report }) => (report && report.number > 0 ? t('versionN', { n: report.number }) : ''),
    },
    {
      key: 'actions',
      title: t('actions'),
      render: (_, { organisation: { name }, report }) =>
        report && (
          <Space>
            <Link
              to="/monthly-reports/$reportId"
              params={{ reportId: report.id } as never}
              aria-label={t('lookAt', { name })}
            >
              {t('look')}
            </Link>
            {report.may.includes('accept') && (
              <Button
                size="small"
                aria-label={t('acceptOf', { name })}
                disabled={accepting.isPending}
                onClick={() => accepting.mutate([report])}
              >
                {t('accept')}
              </Button>
            )}
            {report.may.includes('return') && (
              <Button size="small" aria-label={t('returnTitle', { name })} onClick={() => setReturning(report)}>
                {t('return')}
              </Button>
            )}
          </Space>
        ),
    },
  ];
  return (
    <section aria-label={t('below')}>
      <Space style={{ marginBottom: 8, width: '100%', justifyContent: 'space-between' }}>
        <h2 className="card-title">{t('below')}</h2>
        {waiting.length > 0 && (
          <Button loading={accepting.isPending} onClick={() => accepting.mutate(waiting)}>
            {t('acceptAll', { count: waiting.length })}
          </Button>
        )}
      </Space>
      <Table
        size="small"
        rowKey={({ organisation }) => organisation.code}
        columns={columns}
        dataSource={month.below}
        pagination={false}
      />
      {returning && <Returning report={returning} close={() => setReturning(undefined)} />}
    </section>
  );
}

/** The report goes back with words; what was submitted stays as it was. */
export function Returning({ report, close }: { readonly report: ReportSummary; readonly close: () => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const { again } = useReportsAgain();
  const { name } = report.organisation;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => returnReport(report, reason),
    onSuccess: async () => {
      void message.success(t('returned', { name }));
      await again();
      close();
    },
  });
  return (
    <ReasonDialog
      title={t('returnTitle', { name })}
      label={t('returnReason')}
      ok={t('return')}
      pending={isPending}
      error={error}
      done={mutate}
      cancel={close}
    />
  );
}
