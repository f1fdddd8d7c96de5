import type { Schema } from '@shidang/persistence';
import { ReviewBatch } from './batch/review-batch.entity';
import { CaseDecision } from './case/case-decision.entity';
import { ReviewCase } from './case/review-case.entity';

export const schema: Schema = {
  entities: [ReviewCase, CaseDecision, ReviewBatch],
  migrations: () => import('./migrations/index.js'),
  // posts are not: the news of one may move a case on
  sealed: ['case_decision', 'review_batch'].map(
    (table) =>
      `select words as sealed, '${table}' as "table", 'words' as "column", id::text as "row" from ${table} where words is not null`,
  ),
  readModel: { tables: ['organisation'], durables: ['review-keep-organisations'] },
};
