import { reviewRefusals } from '@shidang/contracts';
import type { SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { ReviewCase } from '../case/review-case.entity';
import { ReviewBatch } from './review-batch.entity';

/** The cases in scope, locked in the order of their ids. */
export async function lockCases(em: SqlEntityManager, ids: readonly string[]): Promise<Map<string, ReviewCase>> {
  if (ids.length === 0) return new Map();
  const found = await em.find(
    ReviewCase,
    { id: { $in: [...ids] } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return new Map(found.map((each) => [each.id, each]));
}

export async function lockBatch(em: SqlEntityManager, id: string): Promise<ReviewBatch> {
  const batch = await em.findOne(ReviewBatch, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!batch) throw reviewRefusals.batchNotFound({});
  return batch;
}
