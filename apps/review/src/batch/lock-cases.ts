import type { SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { ReviewCase } from '../case/review-case.entity';

/** The cases in scope, locked in the order of their ids. */
export async function lockCases(em: SqlEntityManager, ids: readonly string[]): Promise<Map<string, ReviewCase>> {
  const found = await em.find(
    ReviewCase,
    { id: { $in: [...ids] } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return new Map(found.map((each) => [each.id, each]));
}
