import { Migration0002Review } from './0002-review';

export const migrations = [{ name: '0002-review', migration: Migration0002Review }];
