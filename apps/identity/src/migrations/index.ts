import { Migration0002Identity } from './0002-identity';

export const migrations = [{ name: '0002-identity', migration: Migration0002Identity }];
