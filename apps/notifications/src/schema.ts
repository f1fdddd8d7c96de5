import type { Schema } from '@shidang/persistence';

export const schema: Schema = {
  entities: [],
  migrations: () => import('./migrations/index.js'),
  // notices stay: they carry what was read; `told` keeps them from being given twice
  readModel: { tables: ['post'], durables: ['notifications-keep-posts'] },
};
