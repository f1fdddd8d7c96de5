import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ReviewBatchRef, ReviewBatchView, undoReviewBatch } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { lockCases } from './lock-cases';
import { lockBatch } from './release-batch';

@Controller()
export class UndoBatchHandler {
  constructor(private readonly work: Work) {}

  @Handles(undoReviewBatch)
  undo(command: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    return this.work.as(caller, async (em) => {
      const batch = await lockBatch(em, command.batchId);
      batch.undo(caller);
      const cases = await lockCases(
        em,
        batch.pending.map((item) => item.caseId),
      );
      for (const found of cases.values()) found.letGo(batch.id);
      audited(em, { object: `batch:${batch.id}` });
      return batch.view;
    });
  }
}
