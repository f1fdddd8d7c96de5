import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { createReviewBatch, CreateReviewBatch, Refusal, reviewRefusals, ReviewBatchView } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ReviewConfig } from '../review.config';
import { lockCases } from './lock-cases';
import { ReviewBatch } from './review-batch.entity';

/** Approves many at once: each is checked like a single one, what may not be approved unseen is skipped and listed. */
@Controller()
export class CreateBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly config: ReviewConfig,
  ) {}

  @Handles(createReviewBatch)
  create(command: CreateReviewBatch, caller: Caller): Promise<ReviewBatchView> {
    return this.work.as(caller, async (em) => {
      const batch = new ReviewBatch(caller, command.cases, this.config.BATCH_HOLD_SECONDS);
      const cases = await lockCases(
        em,
        command.cases.map((item) => item.caseId),
      );
      for (const { caseId, contentHash } of command.cases) {
        try {
          const found = cases.get(caseId);
          if (!found) throw reviewRefusals.caseNotFound({});
          found.hold(batch.id, batch.releaseAt, caller, contentHash);
        } catch (refused) {
          if (!(refused instanceof Refusal)) throw refused;
          batch.skip(caseId, refused);
        }
      }
      em.persist(batch);
      audited(em, { object: `batch:${batch.id}`, after: command });
      return batch.view;
    });
  }
}
