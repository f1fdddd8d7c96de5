import { IsUUID } from 'class-validator';
import { request } from '../contract';
import { AccountView } from './fields';

export class UnlockAccount {
  @IsUUID() accountId!: string;
}

export const unlockAccount = request('identity.account.unlock', {
  permission: 'account.manage',
  effect: 'write',
  request: UnlockAccount,
  reply: AccountView,
});
