import {
  isOver,
  type BatchResult,
  type BatchState,
  type JobState,
  type JobView,
  type ReviewBatchSummary,
  type ReviewBatchView,
  type SkippedCase,
} from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import type { ReviewBatch } from './review-batch.entity';

const mostShown = 200;

export type Counts = Readonly<Record<BatchResult, number>>;

/** Counted in the rows themselves: progress never says more than what is committed. */
export async function countsOf(sql: Sql, batchIds: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await sql<{ batch_id: string; result: BatchResult; n: number }>(
    `select batch_id, result, count(*)::int as n from review_batch_item where batch_id = any($1::uuid[]) group by batch_id, result`,
    [batchIds],
    'batch-counts',
  );
  const counts = new Map(batchIds.map((id) => [id, { waiting: 0, held: 0, decided: 0, skipped: 0, undone: 0 }]));
  for (const { batch_id, result, n } of rows) counts.get(batch_id)![result] = n;
  return counts;
}

const totalOf = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0);

export async function viewOf(sql: Sql, batch: ReviewBatch): Promise<ReviewBatchView> {
  const counts = (await countsOf(sql, [batch.id])).get(batch.id)!;
  const shown = await sql<{ case_id: string }>(
    `select case_id from review_batch_item where batch_id = $1 and result <> 'skipped' order by case_id limit ${mostShown}`,
    [batch.id],
  );
  const skipped = await sql<SkippedCase & Record<string, unknown>>(
    `select case_id as "caseId", code, zh as detail, en as "detailEn" from review_batch_item
     where batch_id = $1 and result = 'skipped' order by case_id limit ${mostShown}`,
    [batch.id],
  );
  return {
    ...summaryOf(batch, counts),
    decided: counts.decided,
    caseIds: shown.map((row) => row.case_id),
    skipped,
    closedAt: batch.closedAt?.toISOString(),
    stoppedBy: batch.stoppedBy,
  };
}

export function summaryOf(batch: ReviewBatch, counts: Counts): ReviewBatchSummary {
  const total = totalOf(counts);
  return {
    id: batch.id,
    state: batch.state,
    verdict: batch.verdict,
    total,
    count: total - counts.skipped,
    skippedCount: counts.skipped,
    createdAt: batch.createdAt.toISOString(),
    releaseAt: batch.releaseAt.toISOString(),
  };
}

const jobStates: Readonly<Record<BatchState, JobState>> = {
  holding: 'running',
  held: 'held',
  releasing: 'running',
  released: 'done',
  undone: 'undone',
  stopped: 'stopped',
};

export function jobOf(batch: ReviewBatch, counts: Counts): JobView {
  const state = jobStates[batch.state];
  const done = batch.state === 'holding' ? counts.held : batch.state === 'held' ? counts.held : counts.decided;
  return {
    id: batch.id,
    kind: 'review-batch',
    state,
    step: state === 'running' ? batch.state : undefined,
    total: totalOf(counts),
    done: done + counts.skipped,
    skipped: counts.skipped,
    result: `/review-batches/${batch.id}`,
    createdAt: batch.createdAt.toISOString(),
    heldUntil: state === 'held' ? batch.releaseAt.toISOString() : undefined,
    endedAt: isOver(state) ? batch.closedAt?.toISOString() : undefined,
    stoppedBy: batch.stoppedBy,
  };
}
