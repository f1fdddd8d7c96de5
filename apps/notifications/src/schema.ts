import type { Schema } from '@shidang/persistence';
import { migrations } from './migrations';

export const schema: Schema = { entities: [], migrations };
