import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  readMonthlyReport,
  reportingRefusals,
  type MonthlyReportView,
  type ReadMonthlyReport,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { MonthlyReport } from './monthly-report.entity';
import { viewOf } from './report-view';

@Controller()
export class ReadMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  @Handles(readMonthlyReport)
  read({ reportId, number }: ReadMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    return this.work.read(caller, async (em, sql) => {
      const found = await em.findOne(MonthlyReport, { id: reportId });
      if (!found) throw reportingRefusals.reportNotFound({});
      return viewOf(sql, found, caller, number);
    });
  }
}
