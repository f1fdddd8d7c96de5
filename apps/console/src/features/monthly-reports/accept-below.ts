import { toldProblem, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { words as appWords } from '../../app/words';
import { acceptReport, useReportsAgain, type ReportSummary } from './report-calls';
import { words } from './words';

type Below = Pick<ReportSummary, 'id' | 'etag' | 'organisation'>;

/** Takes reports from below, one after the other; each that is refused is named with the reason, the others count. */
export function useAccepting() {
  const t = useWords(words);
  const a = useWords(appWords);
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
          refused.push({ name, why: toldProblem(error, a).title });
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
