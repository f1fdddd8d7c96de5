import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { updateMonthlyReport, type MonthlyReportView, type UpdateMonthlyReport } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { reportInHand } from './report-in-hand';
import { viewOf } from './report-view';

@Controller()
export class UpdateMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  @Handles(updateMonthlyReport)
  update({ reportId, cells }: UpdateMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    return this.work.as(caller, async (em, sql) => {
      const report = await reportInHand(em, reportId);
      const before = report.typed;
      report.fill(cells, caller);
      audited(em, { object: `monthly-report:${reportId}`, before, after: report.typed, orgPath: report.orgPath });
      await em.flush();
      return viewOf(sql, report, caller);
    });
  }
}
