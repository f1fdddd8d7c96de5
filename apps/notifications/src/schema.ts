import type { Schema } from '@shidang/persistence';
import { migrations } from './migrations';

export const schema: Schema = {
  entities: [],
  migrations,
  // notices stay: they carry what was read; `told` keeps them from being given twice
  readModel: { tables: ['post'], durables: ['notifications-keep-posts'] },
};
