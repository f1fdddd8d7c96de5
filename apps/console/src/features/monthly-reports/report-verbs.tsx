import { useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { Returning } from './below-table';
import { useAccepting } from './accept-below';
import { ReasonDialog } from './reason-dialog';
import { restateReport, useReportsAgain, type Report } from './report-calls';
import { words } from './words';
import { downloadWorkbook } from './workbook';

/** What one can do with a report besides filling it; only what the server offers (`may`) is drawn. */
export function ReportVerbs({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const accepting = useAccepting();
  const [asking, setAsking] = useState<'return' | 'restate'>();
  const close = () => setAsking(undefined);
  const number = report.shown === 0 ? undefined : report.shown;
  const download = useMutation({ mutationFn: () => downloadWorkbook(report.id, number) });
  return (
    <Space wrap>
      {report.may.includes('accept') && (
        <Button type="primary" loading={accepting.isPending} onClick={() => accepting.mutate([report])}>
          {t('accept')}
        </Button>
      )}
      {report.may.includes('return') && <Button onClick={() => setAsking('return')}>{t('return')}</Button>}
      {report.may.includes('restate') && <Button onClick={() => setAsking('restate')}>{t('restate')}</Button>}
      <Button onClick={() => window.print()}>{t('print')}</Button>
      <Button loading={download.isPending} onClick={() => download.mutate()}>
        {t('xlsx')}
      </Button>
      <Problem error={download.error} />
      {asking === 'return' && <Returning report={report} close={close} />}
      {asking === 'restate' && <Restating report={report} close={close} />}
    </Space>
  );
}

function Restating({ report, close }: { readonly report: Report; readonly close: () => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const { again } = useReportsAgain();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => restateReport(report, reason),
    onSuccess: async () => {
      void message.success(t('restated'));
      close();
      await again();
    },
  });
  return (
    <ReasonDialog
      title={t('restateTitle')}
      label={t('restateReason')}
      ok={t('restate')}
      pending={isPending}
      error={error}
      done={mutate}
      cancel={close}
    />
  );
}
