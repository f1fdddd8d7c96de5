import type { Schema } from '@shidang/persistence';
import { Migration0002Records } from './migrations/0002-records';
import { Migration0003Import } from './migrations/0003-import';
import { Migration0004StagedImports } from './migrations/0004-staged-imports';
import { Migration0006CaseSince } from './migrations/0006-case-since';
import { Migration0007ImportProgress } from './migrations/0007-import-progress';
import { Migration0010Download } from './migrations/0010-download';
import { Migration0011KeptHeader } from './migrations/0011-kept-header';
import { Migration0014ImportTrace } from './migrations/0014-import-trace';
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
    { name: '0010-download', migration: Migration0010Download },
    { name: '0011-kept-header', migration: Migration0011KeptHeader },
    { name: '0014-import-trace', migration: Migration0014ImportTrace },
  ],
  sealed: [
    ...['doc_sealed', 'code_sealed'].map(
      (column) =>
        `select ${column} as sealed, 'teacher' as "table", '${column}' as "column", id::text as "row" from teacher`,
    ),
    // a version keeps the seal of its entry
    ...['select id, values from entry', 'select entry_id as id, values from entry_version'].map(
      (rows) => `select v.value->>'$sealed' as sealed, 'entry' as "table", v.key as "column", e.id::text as "row"
                 from (${rows}) e, jsonb_each(e.values) v where jsonb_typeof(v.value) = 'object' and v.value ? '$sealed'`,
    ),
  ],
  readModel: { tables: ['organisation'], durables: ['records-keep-organisations'] },
};
