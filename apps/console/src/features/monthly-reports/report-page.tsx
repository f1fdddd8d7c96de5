import { formatMonth, useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Alert, Select, Space } from 'antd';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { usePathParameter, useUrlSearch } from '../../app/url-state';
import { CellRecords } from './cell-records';
import { useReport, type Report } from './report-calls';
import { ReportSheet } from './report-sheet';
import { ReportVerbs } from './report-verbs';
import { RollUp } from './roll-up';
import { SheetForm } from './sheet-form';
import { StageTag } from './stage-tag';
import { words } from './words';

/** One report: the sheet as it is filled, or one of its frozen versions. */
export function ReportPage() {
  const reportId = usePathParameter('reportId');
  const [search] = useUrlSearch<'number'>();
  const number = /^[1-9]\d{0,3}$/.test(search.number ?? '') ? Number(search.number) : undefined;
  const { data: report, error, refetch } = useReport(reportId, number);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!report) return <Loading rows={12} />;
  return (
    <>
      <Heading report={report} />
      <Words report={report} />
      <RollUp report={report} />
      {report.shown === 0 && report.may.includes('fill') ? (
        <SheetForm key={report.id} report={report} />
      ) : (
        <ReportSheet report={report} />
      )}
      <CellRecords report={report} />
    </>
  );
}

function Heading({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const [search, change] = useUrlSearch<'number'>();
  const { organisation, month, stage, late, dueOn, sheets, shown } = report;
  const isOpen = stage === 'open' || stage === 'returned';
  const choices = [
    ...(isOpen ? [{ value: 0, label: t('liveVersion') }] : []),
    ...sheets.map(({ number }) => ({ value: number, label: t('versionN', { n: number }) })),
  ];
  return (
    <Space className="no-print" wrap style={{ width: '100%', justifyContent: 'space-between', marginBottom: 12 }}>
      <Space wrap size="middle">
        <h1 style={{ margin: 0 }}>{`${organisation.name} ${formatMonth(month)} ${t('title')}`}</h1>
        <StageTag stage={stage} late={late} />
        <span>{t('due', { day: dueOn })}</span>
      </Space>
      <Space wrap>
        {choices.length > 1 && (
          <Select<number>
            aria-label={t('keepVersion')}
            style={{ width: 150 }}
            value={search.number ? Number(search.number) : shown}
            options={choices}
            onChange={(number) => change({ number: number === 0 ? undefined : String(number) })}
          />
        )}
        <ReportVerbs report={report} />
        <Link to="/monthly-reports" search={{ month } as never}>
          {t('oneMonth')}
        </Link>
      </Space>
    </Space>
  );
}

/** Why it came back, why there is another version. */
function Words({ report: { stage, sheets, shown } }: { readonly report: Report }) {
  const t = useWords(words);
  const sheet = sheets.find(({ number }) => number === shown) ?? sheets.at(-1);
  const returned = stage === 'returned' || shown > 0 ? sheet?.returnReason : undefined;
  return (
    <>
      {returned && (
        <Alert
          className="no-print"
          type="warning"
          showIcon
          title={t('returnedBecause', { why: returned })}
          style={{ marginBottom: 12 }}
        />
      )}
      {shown > 0 && sheet?.restatementReason && (
        <Alert
          className="no-print"
          type="info"
          showIcon
          title={t('restatedBecause', { why: sheet.restatementReason })}
          style={{ marginBottom: 12 }}
        />
      )}
    </>
  );
}
