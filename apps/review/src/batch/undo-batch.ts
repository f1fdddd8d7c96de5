import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ReviewBatchRef, ReviewBatchView, undoReviewBatch } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { freeCases } from './lock-cases';
import { lockBatch } from './release-batch';

@Controller()
export class UndoBatchHandler {
  constructor(private readonly work: Work) {}

  @Handles(undoReviewBatch)
  undo(command: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    return this.work.as(caller, async (em) => {
      const batch = await lockBatch(em, command.batchId);
      batch.undo(caller);
      await freeCases(em, batch.id);
      audited(em, { object: `batch:${batch.id}` });
      return batch.view;
    });
  }
}
