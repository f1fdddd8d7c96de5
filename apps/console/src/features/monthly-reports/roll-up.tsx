import { useWords } from '@shidang/web-kit';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { useAccepting } from './accept-below';
import { useReportMonth, type Report } from './report-calls';
import { words } from './words';

type Part = Report['missing'][number];

function Names({ parts }: { readonly parts: readonly Part[] }): ReactNode {
  return parts.map(({ organisation, reportId }, index) => (
    <Fragment key={organisation.code}>
      {index > 0 && '、'}
      {reportId ? (
        <Link to="/monthly-reports/$reportId" params={{ reportId } as never}>
          {organisation.name}
        </Link>
      ) : (
        organisation.name
      )}
    </Fragment>
  ));
}

/** Who is in the sum, who came and waits, who is missing: by name, before one submits. */
export function RollUp({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const { rolledUp, missing, shown } = report;
  if (rolledUp.length === 0 && missing.length === 0) return null;
  const waiting = shown === 0 ? missing.filter(({ stage }) => stage === 'submitted') : [];
  const absent = missing.filter((part) => !waiting.includes(part));
  return (
    <Alert
      className="report-rollup no-print"
      type={missing.length > 0 ? 'warning' : 'success'}
      showIcon
      style={{ marginBottom: 12 }}
      title={t('rollUp')}
      action={waiting.length > 0 && <AcceptWaiting report={report} />}
      description={
        <>
          {rolledUp.length > 0 && (
            <p>
              {t('inSum', { count: rolledUp.length })}
              <Names parts={rolledUp} />
            </p>
          )}
          {waiting.length > 0 && (
            <p>
              {t('waiting', { count: waiting.length })}
              <Names parts={waiting} />
            </p>
          )}
          {absent.length > 0 && (
            <p>
              <strong>{t(shown === 0 ? 'absent' : 'absentFrozen', { count: absent.length })}</strong>
              <Names parts={absent} />
            </p>
          )}
          {missing.length === 0 && <p>{t('nobodyMissing')}</p>}
        </>
      }
    />
  );
}

function AcceptWaiting({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const accepting = useAccepting();
  const { data } = useReportMonth(report.month);
  const acceptable = (data?.below ?? []).flatMap(({ report: one }) => (one?.may.includes('accept') ? [one] : []));
  if (acceptable.length === 0 || !report.may.includes('fill')) return null;
  return (
    <Button loading={accepting.isPending} onClick={() => accepting.mutate(acceptable)}>
      {t('acceptAll', { count: acceptable.length })}
    </Button>
  );
}
