import type { BatchResult, Refusal } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import type { Caller } from '@shidang/access';
import type { ReviewBatch } from './review-batch.entity';

/** One case of a batch with the content its maker saw, and what became of it. */
export interface BatchItem {
  caseId: string;
  contentHash: string;
}

export interface Skip {
  caseId: string;
  why: Refusal;
}

/** Gone through in one transaction: short enough for a request, long enough to be quick. */
export const chunkSize = 200;

export async function addItems(sql: Sql, batch: ReviewBatch, items: readonly BatchItem[]): Promise<number> {
  const added = await sql(
    `insert into review_batch_item (batch_id, case_id, org_path, content_hash, result)
     select $1, i."caseId", $2, i."contentHash", 'waiting' from jsonb_to_recordset($3::jsonb) as i("caseId" uuid, "contentHash" text)
     returning case_id`,
    [batch.id, batch.orgPath, JSON.stringify(items.map(({ caseId, contentHash }) => ({ caseId, contentHash })))],
  );
  return added.length;
}

/** Everything selected, with the content it had then. Nothing when the selection is gone, or not of this account and post. */
export async function addSelected(sql: Sql, batch: ReviewBatch, selectionId: string, by: Caller): Promise<number> {
  const [added] = await sql<{ n: number }>(
    `with added as (
       insert into review_batch_item (batch_id, case_id, org_path, content_hash, result)
       select $1, i.case_id, $2, i.content_hash, 'waiting' from selection s join selection_item i on i.selection_id = s.id
       where s.id = $3 and s.account_id = $4 and s.post_id = $5 and s.expires_at > now() returning 1)
     select count(*)::int as n from added`,
    [batch.id, batch.orgPath, selectionId, by.accountId, by.postId],
  );
  return added?.n ?? 0;
}

/** The next of them in the order of their ids, so that two batches never wait for each other. */
export const nextItems = (sql: Sql, batchId: string, result: BatchResult): Promise<BatchItem[]> =>
  sql<BatchItem & Record<string, unknown>>(
    `select case_id as "caseId", content_hash as "contentHash" from review_batch_item
     where batch_id = $1 and result = $2 order by case_id limit ${chunkSize}`,
    [batchId, result],
    'batch-next',
  );

export async function settle(
  sql: Sql,
  batchId: string,
  caseIds: readonly string[],
  result: BatchResult,
): Promise<void> {
  if (caseIds.length === 0) return;
  await sql(
    `update review_batch_item set result = $3 where batch_id = $1 and case_id = any($2::uuid[])`,
    [batchId, caseIds, result],
    'batch-settle',
  );
}

export async function skip(sql: Sql, batchId: string, skipped: readonly Skip[]): Promise<void> {
  if (skipped.length === 0) return;
  const rows = skipped.map(({ caseId, why: { body } }) => ({ caseId, code: body.code, zh: body.zh, en: body.en }));
  await sql(
    `update review_batch_item i set result = 'skipped', code = s.code, zh = s.zh, en = s.en
     from jsonb_to_recordset($2::jsonb) as s("caseId" uuid, code text, zh text, en text)
     where i.batch_id = $1 and i.case_id = s."caseId"`,
    [batchId, JSON.stringify(rows)],
    'batch-skip',
  );
}

/** What is open in a batch that ends before it was decided. */
export async function giveUp(sql: Sql, batchId: string): Promise<void> {
  await sql(`update review_batch_item set result = 'undone' where batch_id = $1 and result in ('waiting', 'held')`, [
    batchId,
  ]);
}

/** Every case the batch still holds, whatever its items say, let go: a closed batch leaves none behind. */
export async function freeCases(sql: Sql, batchId: string): Promise<void> {
  await sql(`update review_case set held_by = null, held_until = null where held_by = $1`, [batchId]);
}
