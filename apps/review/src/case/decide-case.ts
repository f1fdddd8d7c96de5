import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import { decideCase, DecideCase, readSubmission, reviewRefusals, type CaseSummary } from '@shidang/contracts';
import { audited, expectVersion, Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { summaryById } from './case-summary';
import { marksAstray } from './marks-fit';
import { ReviewCase } from './review-case.entity';
import { TakeDecision } from './take-decision';

@Controller()
export class DecideCaseHandler {
  constructor(
    private readonly work: Work,
    private readonly decision: TakeDecision,
    private readonly bus: BusClient,
  ) {}

  @Handles(decideCase)
  async decide(command: DecideCase, caller: Caller): Promise<CaseSummary> {
    if (command.verdict === 'return' && command.marks?.length) await this.assertMarksFit(command, caller);
    return this.work.as(caller, async (em, sql) => {
      const found = await em.findOne(ReviewCase, { id: command.caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!found) throw reviewRefusals.caseNotFound({});
      // content before version: who decides on mended content is told so, not that a number differs
      found.assertDecidable(caller, command.contentHash);
      expectVersion(found.etag);
      await this.decision.on(em, found, command, caller);
      await em.flush();
      audited(em, {
        object: `case:${found.id}`,
        concerns: `teacher:${found.teacherId}`,
        orgPath: found.orgPath,
        reason: command.verdict,
        after: command,
      });
      return (await summaryById(sql, caller, found.id))!;
    });
  }

  /** Records holds the content; what the case's hash is bound to cannot change between this look and the decision. */
  private async assertMarksFit(command: DecideCase, caller: Caller): Promise<void> {
    const summary = await this.work.read(caller, (_, sql) => summaryById(sql, caller, command.caseId));
    // whoever may not decide it is told so below, in the order of reasons that decisions have
    if (!summary?.decidable || summary.contentHash !== command.contentHash) return;
    const submission = await this.bus.request(readSubmission, { submissionId: summary.submissionId });
    const findings = marksAstray(command.marks ?? [], submission);
    if (findings.length > 0) throw reviewRefusals.marksUnknown({ count: findings.length }).with(findings);
  }
}
