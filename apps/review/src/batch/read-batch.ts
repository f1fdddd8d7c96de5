import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  ListReviewBatches,
  listReviewBatches,
  readReviewBatch,
  ReviewBatchPage,
  ReviewBatchRef,
  reviewRefusals,
  ReviewBatchView,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { countsOf, summaryOf, viewOf } from './batch-view';
import { ReviewBatch } from './review-batch.entity';

@Controller()
export class ReadBatchHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(readReviewBatch)
  read(query: ReviewBatchRef, caller: Caller): Promise<ReviewBatchView> {
    return this.work.read(caller, async (em, sql) => {
      const batch = await em.findOne(ReviewBatch, { id: query.batchId });
      if (!batch) throw reviewRefusals.batchNotFound({});
      return viewOf(sql, batch);
    });
  }

  @Handles(listReviewBatches)
  list(query: ListReviewBatches, caller: Caller): Promise<ReviewBatchPage> {
    const owner = { list: listReviewBatches.name, accountId: caller.accountId };
    const before = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const mine = { accountId: caller.accountId, orgPath: caller.orgPath };
    return this.work.read(caller, async (em, sql) => {
      const where = before ? { ...mine, id: { $lt: before } } : mine;
      const found = await em.find(ReviewBatch, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const ids = shown.map((each) => each.id);
      const counts = await countsOf(sql, ids);
      const next = found.length > limit ? sealCursor(this.vault, ids.at(-1), owner) : undefined;
      const total = await em.count(ReviewBatch, mine);
      return {
        items: shown.map((each) => summaryOf(each, counts.get(each.id)!)),
        page: { next, total, totalIsExact: true },
      };
    });
  }
}
