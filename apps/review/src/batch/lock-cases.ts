import type { SqlEntityManager } from '@shidang/persistence';
import { LockMode, type FilterQuery } from '@mikro-orm/core';
import { ReviewCase } from '../case/review-case.entity';

type Cases = Map<string, ReviewCase>;

export const lockCases = (em: SqlEntityManager, ids: readonly string[]): Promise<Cases> =>
  lock(em, { id: { $in: [...ids] } });

/** Every case the batch holds, whatever its items say, let go: a closed batch leaves none behind. */
export async function freeCases(em: SqlEntityManager, batchId: string): Promise<Cases> {
  const cases = await lock(em, { heldBy: batchId });
  for (const found of cases.values()) found.letGo(batchId);
  return cases;
}

/** The cases in scope, locked in the order of their ids. */
async function lock(em: SqlEntityManager, where: FilterQuery<ReviewCase>): Promise<Cases> {
  const found = await em.find(ReviewCase, where, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
  return new Map(found.map((each) => [each.id, each]));
}
