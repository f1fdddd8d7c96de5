import type { Service } from '@shidang/service-host';
import { BatchWorker } from './batch/batch-worker';
import { ReviewConfig } from './review.config';
import { ReviewModule } from './review.module';
import { schema } from './schema';

/** What runs as "review", in its own process and in tests. */
export const reviewService: Service<ReviewConfig> = {
  name: 'review',
  module: ReviewModule,
  config: ReviewConfig,
  schema,
  beside: async (app) => app.get(BatchWorker, { strict: false }).start(),
};
