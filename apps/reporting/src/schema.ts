import type { Schema } from '@shidang/persistence';
import { HeadCount } from './head-count/head-count.entity';
import { Migration0002Reporting } from './migrations/0002-reporting';
import { Migration0003MonthlyReports } from './migrations/0003-monthly-reports';
import { Migration0004Movements } from './migrations/0004-movements';
import { MonthlyReport } from './monthly-report/monthly-report.entity';

export const schema: Schema = {
  entities: [HeadCount, MonthlyReport],
  migrations: [
    { name: '0002-reporting', migration: Migration0002Reporting },
    { name: '0003-monthly-reports', migration: Migration0003MonthlyReports },
    { name: '0004-movements', migration: Migration0004Movements },
  ],
  // head counts, campaigns and reports are entered here and stay; their share of the roll-up is counted afterwards
  readModel: {
    tables: ['organisation', 'account_state', 'teacher_state', 'movement', 'rollup'],
    durables: [
      'reporting-keep-organisations',
      'reporting-count-accounts',
      'reporting-follow-records',
      'reporting-follow-cases',
    ],
    afterwards: 'recount',
  },
};
