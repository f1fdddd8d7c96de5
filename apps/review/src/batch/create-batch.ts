import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { createReviewBatch, CreateReviewBatch, reviewRefusals, ReviewBatchView } from '@shidang/contracts';
import { audited, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ReviewConfig } from '../review.config';
import { BatchBell } from './batch-bell';
import { addItems, addSelected, chunkSize } from './batch-items';
import { viewOf } from './batch-view';
import { GoThrough } from './go-through';
import { ReviewBatch } from './review-batch.entity';

/** Decides many at once: each is checked like a single one, what may not be decided unseen is skipped and listed. */
@Controller()
export class CreateBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly config: ReviewConfig,
    private readonly goThrough: GoThrough,
    private readonly bell: BatchBell,
  ) {}

  @Handles(createReviewBatch)
  async create(command: CreateReviewBatch, caller: Caller): Promise<ReviewBatchView> {
    assertSound(command);
    const { verdict, marks = [], selectionId, cases } = command;
    const view = await this.work.as(caller, async (em, sql) => {
      const batch = new ReviewBatch(caller, { verdict, marks }, this.config.BATCH_HOLD_SECONDS, this.vault);
      em.persist(batch);
      await em.flush();
      const size = cases ? await addItems(sql, batch, cases) : await addSelected(sql, batch, selectionId!, caller);
      if (size === 0) throw reviewRefusals.selectionNotFound({});
      // few are held before the answer; more are a job
      if (size <= chunkSize) while (!(await this.goThrough.next({ em, sql, batch, caller })));
      audited(em, { object: `batch:${batch.id}`, after: command });
      return viewOf(sql, batch);
    });
    if (view.state === 'holding') this.bell.ring();
    return view;
  }
}

function assertSound({ selectionId, cases, verdict, marks }: CreateReviewBatch): void {
  if ((selectionId === undefined) === (cases === undefined)) throw reviewRefusals.batchOfWhat({});
  const caseId = cases?.[0]?.caseId ?? '';
  // what is optional may be said to be null
  const areMarked = (marks ?? []).length > 0;
  if (verdict === 'return' && !areMarked) throw reviewRefusals.returnNeedsMarks({ caseId });
  if (verdict === 'approve' && areMarked) throw reviewRefusals.approvalHasMarks({ caseId });
}
