import type { Schema } from '@shidang/persistence';
import { Submission } from './submission/submission.entity';
import { Teacher } from './teacher/teacher.entity';

export const schema: Schema = {
  entities: [Teacher, Submission],
  migrations: () => import('./migrations/index.js'),
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
