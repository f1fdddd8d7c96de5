import { RefusedByServer, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { acceptReport, useReportsAgain, type ReportSummary } from './report-calls';
import { words } from './words';

type Below = Pick<ReportSummary, 'id' | 'etag' | 'organisation'>;

const wordsOf = (error: unknown): string =>
  error instanceof RefusedByServer ? error.problem.detail : error instanceof Error ? error.message : String(error);

/** Takes reports from below, one after the other; each that is refused is named with the reason, the others count. */
export function useAccepting() {
  const t = useWords(words);
  const { message } = App.useApp();
  const { again } = useReportsAgain();
  return useMutation({
    mutationFn: async (reports: readonly Below[]) => {
      const taken: string[] = [];
      const refused: { name: string; why: string }[] = [];
      for (const report of reports) {
        const { name } = report.organisation;
        try {
          await acceptReport(report);
          taken.push(name);
        } catch (error) {
          refused.push({ name, why: wordsOf(error) });
        }
      }
      return { taken, refused };
    },
    onSuccess: ({ taken, refused }) => {
      if (taken.length > 0) void message.success(t('accepted', { names: taken.join('、') }));
      for (const each of refused) void message.error(t('notAccepted', each), 10);
    },
    onSettled: again,
  });
}
