import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { acceptMonthlyReport, type AcceptMonthlyReport, type MonthlyReportView } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { moved, reportInHand } from './report-in-hand';
import { viewOf } from './report-view';

@Controller()
export class AcceptMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  @Handles(acceptMonthlyReport)
  accept({ reportId }: AcceptMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    return this.work.as(caller, async (em, sql) => {
      const report = await reportInHand(em, reportId);
      report.accept(caller);
      await sql(`update report_sheet set accepted_at = now() where report_id = $1 and number = $2`, [
        report.id,
        report.number,
      ]);
      await moved(em, report, caller);
      return viewOf(sql, report, caller);
    });
  }
}
