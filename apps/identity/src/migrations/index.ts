import { Migration0002Identity } from './0002-identity';
import { Migration0003Backups } from './0003-backups';

export const migrations = [
  { name: '0002-identity', migration: Migration0002Identity },
  { name: '0003-backups', migration: Migration0003Backups },
];
