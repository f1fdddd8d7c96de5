import { Migration0002Review } from './0002-review';
import { Migration0003BatchesOfThousands } from './0003-batches-of-thousands';

export const migrations = [
  { name: '0002-review', migration: Migration0002Review },
  { name: '0003-batches-of-thousands', migration: Migration0003BatchesOfThousands },
];
