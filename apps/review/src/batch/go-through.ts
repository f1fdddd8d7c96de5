import type { Caller } from '@shidang/access';
import { Refusal, reviewRefusals } from '@shidang/contracts';
import { auditEach, Vault, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { touchedIn } from '../case/case-facts';
import { marksAstray } from '../case/marks-fit';
import type { ReviewCase } from '../case/review-case.entity';
import { TakeDecision } from '../case/take-decision';
import { ReviewConfig } from '../review.config';
import { chunkSize, freeCases, nextItems, settle, skip, type BatchItem, type Skip } from './batch-items';
import { lockCases } from './lock-cases';
import type { ReviewBatch } from './review-batch.entity';

/** The transaction a part of a batch is gone through in, as the caller who made it. */
export interface Going {
  em: SqlEntityManager;
  sql: Sql;
  batch: ReviewBatch;
  caller: Caller;
}

/**
 * A batch is gone through a chunk at a time, each in one transaction with what became of its cases: whoever dies leaves
 * whole chunks behind, and whoever follows goes on with the next. Each case is checked like a single decision, twice.
 */
@Injectable()
export class GoThrough {
  constructor(
    private readonly decision: TakeDecision,
    private readonly vault: Vault,
    private readonly config: ReviewConfig,
  ) {}

  /** True when that was the last of them. */
  next(going: Going): Promise<boolean> {
    return going.batch.state === 'holding' ? this.hold(going) : this.release(going);
  }

  private async hold({ em, sql, batch, caller }: Going): Promise<boolean> {
    const items = await nextItems(sql, batch.id, 'waiting');
    const marks = batch.markedValues(this.vault);
    const done = await this.each({ em, sql, batch, caller }, items, 'held', (found, { contentHash }) => {
      const astray = marksAstray(marks, { category: found.category, entries: [], changes: [] });
      if (astray.length > 0) throw reviewRefusals.marksUnknown({ count: astray.length });
      found.hold(batch.id, batch.releaseAt, caller, { verdict: batch.verdict, contentHash });
      return Promise.resolve();
    });
    if (!done) return false;
    batch.hold(this.config.BATCH_HOLD_SECONDS);
    await em.flush();
    await sql(`update review_case set held_until = $2 where held_by = $1`, [batch.id, batch.releaseAt]);
    return true;
  }

  private async release(going: Going): Promise<boolean> {
    const { em, sql, batch, caller } = going;
    const items = await nextItems(sql, batch.id, 'held');
    const { verdict } = batch;
    const marks = batch.markedValues(this.vault);
    const done = await this.each(going, items, 'decided', async (found, { contentHash }) => {
      found.letGo(batch.id);
      await this.decision.on(em, found, { verdict, marks, contentHash, batchId: batch.id }, caller);
    });
    if (!done) return false;
    batch.close('released');
    await em.flush();
    await freeCases(sql, batch.id);
    return true;
  }

  private async each(
    { em, sql, batch, caller }: Going,
    items: readonly BatchItem[],
    result: 'held' | 'decided',
    act: (found: ReviewCase, item: BatchItem) => Promise<void>,
  ): Promise<boolean> {
    const cases = await lockCases(
      em,
      items.map((item) => item.caseId),
    );
    const settled: ReviewCase[] = [];
    const skipped: Skip[] = [];
    for (const item of items) {
      try {
        const found = cases.get(item.caseId);
        if (!found) throw reviewRefusals.caseNotFound({});
        await act(found, item);
        settled.push(found);
      } catch (why) {
        if (!(why instanceof Refusal)) throw why;
        skipped.push({ caseId: item.caseId, why });
      }
    }
    await em.flush();
    await settle(
      sql,
      batch.id,
      settled.map(({ id }) => id),
      result,
    );
    if (result === 'decided') await auditEach(sql, caller, `batch:${batch.id}`, settled.map(touchedIn));
    await skip(sql, batch.id, skipped);
    return items.length < chunkSize;
  }
}
