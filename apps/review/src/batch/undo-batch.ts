import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import { ReviewBatchRef, ReviewBatchView, undoReviewBatch } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { freeCases, giveUp } from './batch-items';
import { viewOf } from './batch-view';
import { lockBatch } from './lock-cases';

@Controller()
export class UndoBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  /** Thousands too, in one transaction: nothing has been told yet, so nothing has to be taken back. */
  @Handles(undoReviewBatch)
  async undo(command: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    const view = await this.work.as(caller, async (em, sql) => {
      const batch = await lockBatch(em, command.batchId);
      batch.undo(caller);
      await em.flush();
      await giveUp(sql, batch.id);
      await freeCases(sql, batch.id);
      audited(em, { object: `batch:${batch.id}` });
      return viewOf(sql, batch);
    });
    this.bus.hint('job', command.batchId);
    return view;
  }
}
