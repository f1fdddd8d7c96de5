import { Consumes } from '@shidang/bus';
import { decisionRefused, type DecisionRefused } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { tellMoved } from './case-facts';
import { ReviewCase } from './review-case.entity';

/** 问题数据: records could not apply the decision to what it holds. */
@Controller()
export class MarkConflict {
  constructor(private readonly work: Work) {}

  @Consumes(decisionRefused, 'review-mark-conflict')
  async mark(refused: DecisionRefused, messageId: string): Promise<void> {
    await this.work.once(messageId, refused, 'review-mark-conflict', async (em) => {
      const found = await em.findOne(ReviewCase, { id: refused.caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const from = found?.stage;
      if (!found?.conflict()) return;
      await em.flush();
      await tellMoved(em, found, from, refused.actor);
    });
  }
}
