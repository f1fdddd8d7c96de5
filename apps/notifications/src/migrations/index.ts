import { Migration0002Notifications } from './0002-notifications';
import { Migration0003Urgings } from './0003-urgings';

export const migrations = [
  { name: '0002-notifications', migration: Migration0002Notifications },
  { name: '0003-urgings', migration: Migration0003Urgings },
];
