import { Migration0002Notifications } from './0002-notifications';
import { Migration0003Urgings } from './0003-urgings';
import { Migration0004UrgedOrganisations } from './0004-urged-organisations';

export const migrations = [
  { name: '0002-notifications', migration: Migration0002Notifications },
  { name: '0003-urgings', migration: Migration0003Urgings },
  { name: '0004-urged-organisations', migration: Migration0004UrgedOrganisations },
];
