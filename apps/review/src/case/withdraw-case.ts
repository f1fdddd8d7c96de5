import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  reviewRefusals,
  WithdrawCase,
  withdrawCase,
  WithdrawTeacherCase,
  withdrawTeacherCase,
  type CaseSummary,
} from '@shidang/contracts';
import { audited, Work, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { actorOf, tellMoved } from './case-facts';
import { summaryById } from './case-summary';
import { ReviewCase } from './review-case.entity';
import { withdrawable } from './review-route';

@Controller()
export class WithdrawCaseHandler {
  constructor(private readonly work: Work) {}

  @Handles(withdrawCase)
  withdraw(command: WithdrawCase, caller: Caller): Promise<CaseSummary> {
    return this.take(caller, (em) =>
      em.findOne(ReviewCase, { id: command.caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE }),
    );
  }

  /** The teacher's submission under way; the newest when several are. */
  @Handles(withdrawTeacherCase)
  withdrawOf(command: WithdrawTeacherCase, caller: Caller): Promise<CaseSummary> {
    const newest = { orderBy: { id: 'desc' }, lockMode: LockMode.PESSIMISTIC_WRITE } as const;
    const { teacherId } = command;
    return this.take(
      caller,
      async (em) =>
        (await em.findOne(ReviewCase, { teacherId, stage: { $in: [...withdrawable] } }, newest)) ??
        em.findOne(ReviewCase, { teacherId }, newest),
    );
  }

  private take(caller: Caller, find: (em: SqlEntityManager) => Promise<ReviewCase | null>): Promise<CaseSummary> {
    return this.work.as(caller, async (em, sql) => {
      const found = await find(em);
      if (!found) throw reviewRefusals.caseNotFound({});
      const from = found.stage;
      found.withdraw(caller);
      await tellMoved(em, found, from, actorOf(caller));
      await em.flush();
      audited(em, { object: `case:${found.id}`, concerns: `teacher:${found.teacherId}`, orgPath: found.orgPath });
      return (await summaryById(sql, caller, found.id))!;
    });
  }
}
