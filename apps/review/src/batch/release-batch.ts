import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { Refusal, releaseReviewBatch, ReviewBatchRef, reviewRefusals, ReviewBatchView } from '@shidang/contracts';
import { audited, Work, type SqlEntityManager } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { LockMode } from '@mikro-orm/core';
import { TakeDecision } from '../case/take-decision';
import { freeCases } from './lock-cases';
import { ReviewBatch } from './review-batch.entity';

/** The held decisions count from here on; each case is checked once more like a single decision. */
@Controller()
export class ReleaseBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly decision: TakeDecision,
  ) {}

  @Handles(releaseReviewBatch)
  release(command: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    return this.work.as(caller, async (em) => {
      const batch = await lockBatch(em, command.batchId);
      batch.release(caller);
      const cases = await freeCases(em, batch.id);
      for (const { caseId, contentHash } of batch.pending) {
        try {
          const found = cases.get(caseId);
          if (!found) throw reviewRefusals.caseNotFound({});
          await this.decision.on(em, found, { verdict: 'approve', contentHash, batchId: batch.id }, caller);
        } catch (refused) {
          if (!(refused instanceof Refusal)) throw refused;
          batch.skip(caseId, refused);
        }
      }
      audited(em, { object: `batch:${batch.id}` });
      return batch.view;
    });
  }
}

export async function lockBatch(em: SqlEntityManager, id: string): Promise<ReviewBatch> {
  const batch = await em.findOne(ReviewBatch, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!batch) throw reviewRefusals.batchNotFound({});
  return batch;
}
