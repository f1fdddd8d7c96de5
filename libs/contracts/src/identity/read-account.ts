import { IsUUID } from 'class-validator';
import { request } from '../contract';
import { AccountView } from './fields';

export class ReadAccount {
  @IsUUID() accountId!: string;
}

export const readAccount = request('identity.account.read', {
  permission: 'account.read',
  effect: 'read',
  request: ReadAccount,
  reply: AccountView,
});
