import { allows, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readReportMonth, type ReadReportMonth, type ReportBelow, type ReportMonth } from '@shidang/contracts';
import { Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { measured, organisationOf, type OrganisationRow } from '../organisation/measured-organisation';
import { ReportingConfig } from '../reporting.config';
import { dayInChina, monthInChina } from './china-day';
import { dueDayOf, dueOn } from './due-day';
import { MonthlyReport } from './monthly-report.entity';
import { summaryOf } from './report-view';

@Controller()
export class ReadReportMonthHandler {
  constructor(
    private readonly work: Work,
    private readonly config: ReportingConfig,
  ) {}

  /** The own report and those that go into it, also of whoever has not begun: a county that is silent has a row too. */
  @Handles(readReportMonth)
  read({ month }: ReadReportMonth, caller: Caller): Promise<ReportMonth> {
    const now = new Date();
    const day = dueDayOf(this.config, caller.tier);
    return this.work.read(caller, async (em, sql) => {
      const own = day === undefined ? null : await em.findOne(MonthlyReport, { orgCode: caller.orgCode, month });
      return {
        month,
        ...(day === undefined ? { late: false } : standing(own, dueOn(month, day), now)),
        mayOpen: !own && day !== undefined && month <= monthInChina(now) && allows(caller, 'report.write'),
        own: own ? summaryOf(own, await organisationOf(sql, own.orgCode), caller, now) : undefined,
        below: await this.below(em, sql, month, caller, now),
      };
    });
  }

  private async below(
    em: SqlEntityManager,
    sql: Sql,
    month: string,
    caller: Caller,
    now: Date,
  ): Promise<ReportBelow[]> {
    const organisations = await sql<OrganisationRow>(
      `select code, name, tier, category, org_path from organisation where parent_code = $1 and tier <> 'school' order by code`,
      [caller.orgCode],
      'reports-below',
    );
    const reports = await em.find(MonthlyReport, { month, orgCode: { $in: organisations.map(({ code }) => code) } });
    const byCode = new Map(reports.map((report) => [report.orgCode, report]));
    return organisations.flatMap((organisation) => {
      const day = dueDayOf(this.config, organisation.tier);
      if (day === undefined) return [];
      const report = byCode.get(organisation.code);
      return {
        organisation: measured(organisation),
        report: report && summaryOf(report, organisation, caller, now),
        ...standing(report, dueOn(month, day), now),
      };
    });
  }
}

/** Who has not begun by the due day is as late as who has begun. */
const standing = (report: MonthlyReport | null | undefined, due: string, now: Date) => ({
  dueOn: report?.dueOn ?? due,
  late: report ? report.isLate(now) : dayInChina(now) > due,
});
