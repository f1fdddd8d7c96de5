import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import { releaseReviewBatch, ReviewBatchRef, ReviewBatchView } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { BatchBell } from './batch-bell';
import { chunkSize } from './batch-items';
import { countsOf, viewOf } from './batch-view';
import { GoThrough } from './go-through';
import { lockBatch } from './lock-cases';

/** The held decisions count from here on; each case is checked once more like a single decision. */
@Controller()
export class ReleaseBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly goThrough: GoThrough,
    private readonly bell: BatchBell,
    private readonly bus: BusClient,
  ) {}

  @Handles(releaseReviewBatch)
  async release(command: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    const view = await this.work.as(caller, async (em, sql) => {
      const batch = await lockBatch(em, command.batchId);
      batch.release(caller);
      await em.flush();
      const { held } = (await countsOf(sql, [batch.id])).get(batch.id)!;
      if (held <= chunkSize) while (!(await this.goThrough.next({ em, sql, batch, caller })));
      audited(em, { object: `batch:${batch.id}` });
      return viewOf(sql, batch);
    });
    if (view.state === 'releasing') this.bell.ring();
    this.bus.hint('job', command.batchId);
    return view;
  }
}
