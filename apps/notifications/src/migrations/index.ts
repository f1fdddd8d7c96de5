import { Migration0002Notifications } from './0002-notifications';

export const migrations = [{ name: '0002-notifications', migration: Migration0002Notifications }];
