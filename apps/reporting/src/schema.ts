import type { Schema } from '@shidang/persistence';
import { HeadCount } from './head-count/head-count.entity';
import { MonthlyReport } from './monthly-report/monthly-report.entity';

export const schema: Schema = {
  entities: [HeadCount, MonthlyReport],
  migrations: () => import('./migrations/index.js'),
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
