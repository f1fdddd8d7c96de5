import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { decideCase, DecideCase, reviewRefusals, type CaseSummary } from '@shidang/contracts';
import { audited, expectVersion, Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { summaryById } from './case-summary';
import { ReviewCase } from './review-case.entity';
import { TakeDecision } from './take-decision';

@Controller()
export class DecideCaseHandler {
  constructor(
    private readonly work: Work,
    private readonly decision: TakeDecision,
  ) {}

  @Handles(decideCase)
  decide(command: DecideCase, caller: Caller): Promise<CaseSummary> {
    return this.work.as(caller, async (em, sql) => {
      const found = await em.findOne(ReviewCase, { id: command.caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!found) throw reviewRefusals.caseNotFound({});
      // content before version: who decides on mended content is told so, not that a number differs
      found.assertDecidable(caller, command.contentHash);
      expectVersion(found.etag);
      await this.decision.on(em, found, command, caller);
      await em.flush();
      audited(em, { object: `case:${found.id}`, orgPath: found.orgPath, reason: command.verdict, after: command });
      return (await summaryById(sql, caller, found.id))!;
    });
  }
}
