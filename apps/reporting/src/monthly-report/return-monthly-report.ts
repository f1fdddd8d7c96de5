import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { returnMonthlyReport, type MonthlyReportView, type ReturnMonthlyReport } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { moved, reportInHand } from './report-in-hand';
import { viewOf } from './report-view';

@Controller()
export class ReturnMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  /** The returned sheet stays as it was submitted, with the words of the authority on it. */
  @Handles(returnMonthlyReport)
  sendBack({ reportId, reason }: ReturnMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    return this.work.as(caller, async (em, sql) => {
      const report = await reportInHand(em, reportId);
      report.sendBack(caller);
      await sql(
        `update report_sheet set returned_at = now(), return_reason = $3 where report_id = $1 and number = $2`,
        [report.id, report.number, reason],
      );
      await moved(em, report, caller, reason);
      return viewOf(sql, report, caller);
    });
  }
}
