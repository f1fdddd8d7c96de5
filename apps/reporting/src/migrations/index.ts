import { Migration0002Reporting } from './0002-reporting';
import { Migration0003MonthlyReports } from './0003-monthly-reports';
import { Migration0004Movements } from './0004-movements';

export const migrations = [
  { name: '0002-reporting', migration: Migration0002Reporting },
  { name: '0003-monthly-reports', migration: Migration0003MonthlyReports },
  { name: '0004-movements', migration: Migration0004Movements },
];
