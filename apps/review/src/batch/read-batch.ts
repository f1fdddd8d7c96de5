import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readReviewBatch, ReviewBatchRef, reviewRefusals, ReviewBatchView } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ReviewBatch } from './review-batch.entity';

@Controller()
export class ReadBatchHandler {
  constructor(private readonly work: Work) {}

  @Handles(readReviewBatch)
  async read(query: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    const batch = await this.work.read(caller, (em) => em.findOne(ReviewBatch, { id: query.batchId }));
    if (!batch) throw reviewRefusals.batchNotFound({});
    return batch.view;
  }
}
