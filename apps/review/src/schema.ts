import type { Schema } from '@shidang/persistence';
import { ReviewBatch } from './batch/review-batch.entity';
import { CaseDecision } from './case/case-decision.entity';
import { ReviewCase } from './case/review-case.entity';
import { migrations } from './migrations';

export const schema: Schema = {
  entities: [ReviewCase, CaseDecision, ReviewBatch],
  migrations,
  // posts are not: the news of one may move a case on
  readModel: { tables: ['organisation'], durables: ['review-keep-organisations'] },
};
