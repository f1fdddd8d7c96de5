import type { Caller, Tier } from '@shidang/access';
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
import { MonthlyReport } from './monthly-report.entity';
import { moved } from './report-in-hand';
import { viewOf } from './report-view';

@Controller()
export class OpenMonthlyReportHandler {
  constructor(
    private readonly work: Work,
    private readonly config: ReportingConfig,
  ) {}

  /** Of the caller's own organisation, for a month that has begun. */
  @Handles(openMonthlyReport)
  open({ month }: OpenMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    const dueDay = this.dueDayOf(caller.tier);
    if (dueDay === undefined) throw reportingRefusals.notAReporter({ tier: caller.tier });
    if (month > monthInChina(new Date())) throw reportingRefusals.monthInFuture({ month });
    return this.work.as(caller, async (em, sql) => {
      const report = new MonthlyReport(caller.orgPath, month, dueDay);
      if (await em.findOne(MonthlyReport, { orgCode: report.orgCode, month }))
        throw reportingRefusals.reportExists({ month });
      await moved(em, report, caller).catch((error: unknown) => {
        throw error instanceof UniqueConstraintViolationException ? reportingRefusals.reportExists({ month }) : error;
      });
      return viewOf(sql, report);
    });
  }

  private dueDayOf(tier: Tier): number | undefined {
    const { REPORT_DUE_DAY_COUNTY: county, REPORT_DUE_DAY_CITY: city, REPORT_DUE_DAY_PROVINCE: province } = this.config;
    return { county, city, province, central: undefined, school: undefined }[tier];
  }
}
