import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { restateMonthlyReport, type MonthlyReportView, type RestateMonthlyReport } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { moved, reportInHand } from './report-in-hand';
import { viewOf } from './report-view';

@Controller()
export class RestateMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  @Handles(restateMonthlyReport)
  restate({ reportId, reason }: RestateMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    return this.work.as(caller, async (em, sql) => {
      const report = await reportInHand(em, reportId);
      report.restate(caller, reason);
      await moved(em, report, caller, reason);
      return viewOf(sql, report, caller);
    });
  }
}
