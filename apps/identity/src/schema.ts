import type { Schema } from '@shidang/persistence';
import { Account } from './account/account.entity';
import { Post } from './account/post.entity';
import { ActivationCode } from './activation/activation-code.entity';
import { Organisation } from './organisation/organisation.entity';

export const schema: Schema = {
  entities: [Organisation, Account, Post, ActivationCode],
  migrations: () => import('./migrations/index.js'),
  sealed: [`select document as sealed, 'person' as "table", 'document' as "column", id::text as "row" from person`],
};
