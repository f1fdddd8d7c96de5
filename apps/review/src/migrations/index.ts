import { Migration0002Review } from './0002-review';
import { Migration0003BatchesOfThousands } from './0003-batches-of-thousands';
import { Migration0004BatchTrace } from './0004-batch-trace';

export const migrations = [
  { name: '0002-review', migration: Migration0002Review },
  { name: '0003-batches-of-thousands', migration: Migration0003BatchesOfThousands },
  { name: '0004-batch-trace', migration: Migration0004BatchTrace },
];
