import type { Schema } from '@shidang/persistence';
import { Migration0002Records } from './migrations/0002-records';
import { Migration0003Import } from './migrations/0003-import';
import { Migration0004StagedImports } from './migrations/0004-staged-imports';
import { Migration0006CaseSince } from './migrations/0006-case-since';
import { Migration0007ImportProgress } from './migrations/0007-import-progress';
import { Submission } from './submission/submission.entity';
import { Teacher } from './teacher/teacher.entity';

export const schema: Schema = {
  entities: [Teacher, Submission],
  migrations: [
    { name: '0002-records', migration: Migration0002Records },
    { name: '0003-import', migration: Migration0003Import },
    { name: '0004-staged-imports', migration: Migration0004StagedImports },
    { name: '0006-case-since', migration: Migration0006CaseSince },
    { name: '0007-import-progress', migration: Migration0007ImportProgress },
  ],
  readModel: { tables: ['organisation'], durables: ['records-keep-organisations'] },
};
