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
import { ReviewCase } from './review-case.entity';
import { isoOf, type Moment } from '../moment';

@Controller()
export class ReadCaseHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
  ) {}

  @Handles(readCase)
  async read(query: ReadCase, caller: Caller): Promise<CaseView> {
    const seen = await this.work.read(caller, async (_, sql) => {
      const summary = await summaryById(sql, caller, query.caseId);
      return summary && { summary, decisions: await decisionsOf(sql, this.vault, query.caseId) };
    });
    if (!seen) throw reviewRefusals.caseNotFound({});
    const first = seen.summary.decidable && !seen.summary.opened;
    const summary = first ? await this.open(query.caseId, caller) : seen.summary;
    const submission = await this.bus.request(readSubmission, { submissionId: summary.submissionId });
    return { ...summary, decisions: seen.decisions, submission };
  }

  /** Before the content is shown, so that what a reviewer has seen is never withdrawn behind his back. */
  private open(caseId: string, caller: Caller): Promise<CaseSummary> {
    return this.work.as(caller, async (em, sql) => {
      const found = await em.findOne(ReviewCase, { id: caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!found) throw reviewRefusals.caseNotFound({});
      found.open(caller);
      await em.flush();
      audited(em, { object: `case:${caseId}`, orgPath: found.orgPath, reason: 'opened' });
      return (await summaryById(sql, caller, caseId))!;
    });
  }
}

interface DecisionRow {
  id: string;
  step: ReviewStepName;
  verdict: Verdict;
  decided_at: Moment;
  account_id: string;
  role: Role;
  reviewer_path: string;
  marks: Mark[];
  words: string | null;
}

async function decisionsOf(sql: Sql, vault: Vault, caseId: string): Promise<CaseDecisionView[]> {
  const rows = await sql<DecisionRow>(
    `select id, step, verdict, decided_at, account_id, role, reviewer_path, marks, words
     from case_decision where case_id = $1 order by id`,
    [caseId],
  );
  return rows.map((row) => ({
    step: row.step,
    verdict: row.verdict,
    decidedAt: isoOf(row.decided_at),
    accountId: row.account_id,
    role: row.role,
    organisation: codeOfPath(row.reviewer_path),
    marks: markedValues(vault, row),
  }));
}
