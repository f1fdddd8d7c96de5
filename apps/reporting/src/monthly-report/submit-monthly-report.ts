import { parentPath, rangeOf, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  reportingRefusals,
  submitMonthlyReport,
  type MonthlyReportView,
  type SubmitMonthlyReport,
} from '@shidang/contracts';
import { Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { ownFigures, rolledUp } from './figures';
import { MonthlyReport } from './monthly-report.entity';
import { freezeRegister } from './register';
import { moved, reportInHand } from './report-in-hand';
import { viewOf } from './report-view';
import { sheetsBelow } from './sheets-below';
import { findingsOfSheet } from './typed-cells';

@Controller()
export class SubmitMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  @Handles(submitMonthlyReport)
  submit({ reportId }: SubmitMonthlyReport, caller: Caller): Promise<MonthlyReportView> {
    return this.work.as(caller, async (em, sql) => {
      const report = await reportInHand(em, reportId);
      report.submit(caller, new Date());
      await markRolledUp(em, report, caller);
      await freeze(sql, report, caller);
      await moved(em, report, caller);
      return viewOf(sql, report, caller);
    });
  }
}

/** From here on figures and the records behind them stay as they are (工作方案 六(三)). */
async function freeze(sql: Sql, report: MonthlyReport, by: Caller): Promise<void> {
  const sheet = { reportId: report.id, number: report.number };
  const register = await freezeRegister(sql, report.orgPath, report.orgCode, sheet);
  const own = ownFigures(register, report.typed);
  const findings = findingsOfSheet(own);
  if (findings.length > 0) throw reportingRefusals.cellsMissing({}).with(findings);
  const below = await sheetsBelow(sql, report.orgCode, report.month);
  await sql(
    `insert into report_sheet
       (report_id, number, org_path, own, total, rolled_up, missing, sources, restatement_reason, submitted_by, frozen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())`,
    [
      sheet.reportId,
      sheet.number,
      report.orgPath,
      ...[own, rolledUp(own, below.totals), below.rolledUp, below.missing, [sheet, ...below.sources]].map((json) =>
        JSON.stringify(json),
      ),
      report.restatementReason ?? null,
      by.personId,
    ],
  );
}

/** The accepted reports of the authorities directly below go into this one; locked, so that none moves meanwhile. */
async function markRolledUp(em: SqlEntityManager, report: MonthlyReport, by: Caller): Promise<void> {
  const { high } = rangeOf(report.orgPath);
  const below = await em.find(
    MonthlyReport,
    { month: report.month, stage: 'accepted', orgPath: { $gt: report.orgPath, $lt: high } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { orgPath: 'asc' } },
  );
  for (const one of below.filter(({ orgPath }) => parentPath(orgPath) === report.orgPath)) {
    one.rollUp();
    await moved(em, one, by);
  }
}
