import { formatDay, formatMonth, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Card, Space } from 'antd';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { BelowTable } from './below-table';
import { MonthSelect } from './month-select';
import { isMonth, monthAfter, monthNow } from './months';
import { openReport, useReportMonth, useReportsAgain, type ReportMonth } from './report-calls';
import { StageTag } from './stage-tag';
import { words } from './words';
import './sheet.css';

/** One month: the own report, and everybody who reports here, also who has not begun. */
export function MonthPage() {
  const t = useWords(words);
  const [search] = useUrlSearch<'month'>();
  const month = isMonth(search.month) ? search.month : monthNow();
  const { data, error, refetch } = useReportMonth(month);
  return (
    <>
      <Space wrap style={{ marginBottom: 12, width: '100%', justifyContent: 'space-between' }}>
        <h1 style={{ margin: 0 }}>{t('title')}</h1>
        <MonthChoice month={month} />
        <Link to="/monthly-reports/all">{t('all')}</Link>
      </Space>
      <Problem error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && <OwnReport month={data} />}
      {data && data.below.length > 0 && <BelowTable month={data} />}
    </>
  );
}

function MonthChoice({ month }: { readonly month: string }) {
  const t = useWords(words);
  const [, change] = useUrlSearch<'month'>();
  const go = (next: string) => change({ month: next === monthNow() ? undefined : next });
  return (
    <Space>
      <Button onClick={() => go(monthAfter(month, -1))}>{t('previousMonth')}</Button>
      <MonthSelect month={month} change={(next) => go(next ?? monthNow())} />
      <Button onClick={() => go(monthAfter(month, 1))} disabled={month >= monthNow()}>
        {t('nextMonth')}
      </Button>
    </Space>
  );
}

function OwnReport({ month: { month, own, mayOpen, dueOn, late } }: { readonly month: ReportMonth }) {
  const t = useWords(words);
  const navigate = useNavigate();
  const { again, now } = useReportsAgain();
  const show = (reportId: string) => navigate({ to: '/monthly-reports/$reportId', params: { reportId } as never });
  const opening = useMutation({
    mutationFn: () => openReport(month),
    onSuccess: async (report) => {
      now(report);
      await show(report.id);
    },
    onSettled: again,
  });
  if (!dueOn) return <Alert type="info" showIcon title={t('schoolsDoNot')} />;
  return (
    <Card size="small" title={<h2 className="card-title">{t('own')}</h2>} style={{ marginBottom: 16 }}>
      <Space wrap size="middle">
        <strong>{formatMonth(month)}</strong>
        <StageTag stage={own?.stage} late={late} />
        <span>{t('due', { day: dueOn })}</span>
        {own?.submittedAt && <span>{`${t('submittedAt')} ${formatDay(own.submittedAt)}`}</span>}
        {own && (
          <Button type="primary" onClick={() => void show(own.id)}>
            {t(own.may.includes('fill') ? 'goOn' : 'look')}
          </Button>
        )}
        {mayOpen && (
          <Button type="primary" loading={opening.isPending} onClick={() => opening.mutate()}>
            {t('open', { month: formatMonth(month) })}
          </Button>
        )}
        {!own && !mayOpen && <span>{t('notYet', { month: formatMonth(month) })}</span>}
      </Space>
      <Problem error={opening.error} />
    </Card>
  );
}
