import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  openMonthlyReport,
  reportingRefusals,
  type MonthlyReportView,
  type OpenMonthlyReport,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { ReportingConfig } from '../reporting.config';
import { monthInChina } from './china-day';
import { dueDayOf } from './due-day';
import { MonthlyReport } from './monthly-report.entity';
import { moved } from './report-in-hand';
import { viewOf } from './report-view';

@Controller()
export class OpenMonthlyReportHandler {
  constructor(
    private readonly work: Work,
    private readonly config: ReportingConfig,
  ) {}

  /** Of the caller's own organisation, for a month that has begun; what stays from month to month is not typed again. */
  @Handles(openMonthlyReport)
  open({ month }: OpenMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    const dueDay = dueDayOf(this.config, caller.tier);
    if (dueDay === undefined) throw reportingRefusals.notAReporter({ tier: caller.tier });
    if (month > monthInChina(new Date())) throw reportingRefusals.monthInFuture({ month });
    return this.work.as(caller, async (em, sql) => {
      const report = new MonthlyReport(caller.orgPath, month, dueDay);
      if (await em.findOne(MonthlyReport, { orgCode: report.orgCode, month }))
        throw reportingRefusals.reportExists({ month });
      const [last] = await em.find(
        MonthlyReport,
        { orgCode: report.orgCode, month: { $lt: month } },
        { orderBy: { month: 'desc' }, limit: 1 },
      );
      if (last) report.carryOver(last);
      await moved(em, report, caller).catch((error: unknown) => {
        throw error instanceof UniqueConstraintViolationException ? reportingRefusals.reportExists({ month }) : error;
      });
      return viewOf(sql, report, caller);
    });
  }
}
