import type { Service } from '@shidang/service-host';
import { importWorker } from './import/import-worker';
import { RecordsConfig } from './records.config';
import { RecordsModule } from './records.module';
import { schema } from './schema';

/** What runs as "records", in its own process and in tests. */
export const recordsService: Service<RecordsConfig> = {
  name: 'records',
  module: RecordsModule,
  config: RecordsConfig,
  schema,
  beside: importWorker,
};
