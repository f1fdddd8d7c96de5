import type { Caller } from '@shidang/access';
import { monthlyReportMoved, reportingRefusals } from '@shidang/contracts';
import { audited, expectVersion, tell, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { MonthlyReport } from './monthly-report.entity';

/** The report to write to, locked, in the version the caller has seen. */
export async function reportInHand(em: SqlEntityManager, id: string): Promise<MonthlyReport> {
  const found = await em.findOne(MonthlyReport, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw reportingRefusals.reportNotFound({});
  expectVersion(String(found.version));
  return found;
}

/** Writes the move and tells it. */
export async function moved(em: SqlEntityManager, report: MonthlyReport, by: Caller, reason?: string): Promise<void> {
  await em.persist(report).flush();
  const { id, orgPath, orgCode, month, stage, version } = report;
  const { accountId, personId, role } = by;
  audited(em, { object: `monthly-report:${id}`, reason, after: { stage, version }, orgPath });
  const fact = { orgPath, actor: { accountId, personId, role }, reportId: id, orgCode, month, stage, version };
  await tell(em, monthlyReportMoved, fact, id);
}
