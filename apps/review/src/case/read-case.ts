import { codeOfPath, type Caller, type Role } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import {
  CaseView,
  readCase,
  ReadCase,
  readSubmission,
  reviewRefusals,
  type CaseDecisionView,
  type CaseSummary,
  type Mark,
  type ReviewStepName,
  type Verdict,
} from '@shidang/contracts';
import { audited, Vault, Work, type Sql } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { markedValues } from './case-decision.entity';
import { summaryById } from './case-summary';
import { Names } from './names';
import { claimMilliseconds, ReviewCase } from './review-case.entity';

@Controller()
export class ReadCaseHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
    private readonly names: Names,
  ) {}

  @Handles(readCase)
  async read(query: ReadCase, caller: Caller): Promise<CaseView> {
    const seen = await this.work.read(caller, async (_, sql) => {
      const summary = await summaryById(sql, caller, query.caseId);
      return summary && { summary, ...(await decisionsOf(sql, this.vault, query.caseId)) };
    });
    if (!seen) throw reviewRefusals.caseNotFound({});
    const summary = !query.ahead && wantsOpening(seen.summary) ? await this.open(query.caseId, caller) : seen.summary;
    const { decisions, earlier } = seen;
    const accounts = [...decisions, ...earlier, ...(summary.claimedBy ? [summary.claimedBy] : [])];
    const [submission, names] = await Promise.all([
      this.bus.request(readSubmission, { submissionId: summary.submissionId }),
      this.names.ofAccounts(accounts.map(({ accountId }) => accountId)),
    ]);
    const named = (decision: CaseDecisionView): CaseDecisionView => ({
      ...decision,
      accountName: names.get(decision.accountId)?.name,
    });
    const claimedBy = summary.claimedBy && {
      ...summary.claimedBy,
      name: names.get(summary.claimedBy.accountId)?.name,
    };
    return {
      ...summary,
      claimedBy,
      teacherName: submission.teacher?.name,
      decisions: decisions.map(named),
      earlier: earlier.map(named),
      submission,
    };
  }

  /** Before the content is shown, so that what a reviewer has seen is never withdrawn behind his back. */
  private open(caseId: string, caller: Caller): Promise<CaseSummary> {
    return this.work.as(caller, async (em, sql) => {
      const found = await em.findOne(ReviewCase, { id: caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!found) throw reviewRefusals.caseNotFound({});
      found.open(caller);
      await em.flush();
      audited(em, {
        object: `case:${caseId}`,
        concerns: `teacher:${found.teacherId}`,
        orgPath: found.orgPath,
        reason: 'opened',
      });
      return (await summaryById(sql, caller, caseId))!;
    });
  }
}

/** Nobody has looked yet, or it is time to say again who does. */
function wantsOpening({ decidable, opened, claimedBy }: CaseSummary): boolean {
  if (!decidable) return false;
  if (!opened || !claimedBy) return true;
  return claimedBy.mine && Date.parse(claimedBy.until) - Date.now() < claimMilliseconds / 2;
}

interface DecisionRow {
  id: string;
  case_id: string;
  step: ReviewStepName;
  verdict: Verdict;
  decided_at: Date;
  account_id: string;
  role: Role;
  reviewer_path: string;
  organisation_name: string | null;
  marks: Mark[];
  words: string | null;
}

/** Of the case, and of the one it mends: what was asked for last time stands beside what came. */
async function decisionsOf(sql: Sql, vault: Vault, caseId: string): Promise<Pick<CaseView, 'decisions' | 'earlier'>> {
  const rows = await sql<DecisionRow>(
    `select d.id, case_id, step, verdict, decided_at, account_id, role, reviewer_path, o.name as organisation_name, marks, words
     from case_decision d left join organisation o on o.org_path = d.reviewer_path
     where case_id in ($1, (select p.id from review_case c join review_case p on p.submission_id = c.supersedes where c.id = $1))
     order by d.id`,
    [caseId],
  );
  const view = (row: DecisionRow): CaseDecisionView => ({
    step: row.step,
    verdict: row.verdict,
    decidedAt: row.decided_at.toISOString(),
    accountId: row.account_id,
    role: row.role,
    organisation: codeOfPath(row.reviewer_path),
    organisationName: row.organisation_name ?? undefined,
    marks: markedValues(vault, row),
  });
  const own = (row: DecisionRow) => row.case_id === caseId;
  return { decisions: rows.filter(own).map(view), earlier: rows.filter((row) => !own(row)).map(view) };
}
