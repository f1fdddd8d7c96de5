import type { Schema } from '@shidang/persistence';
import { Migration0002Records } from './migrations/0002-records';
import { Submission } from './submission/submission.entity';
import { Teacher } from './teacher/teacher.entity';

export const schema: Schema = {
  entities: [Teacher, Submission],
  migrations: [{ name: '0002-records', migration: Migration0002Records }],
};
