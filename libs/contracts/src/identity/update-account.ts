import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { request } from '../contract';
import { AccountView } from './fields';

export class UpdateAccount {
  @IsUUID() accountId!: string;
  /** Disabled: every session ends at once; enabled again it keeps its password. */
  @IsOptional() @IsIn(['enabled', 'disabled']) status?: 'enabled' | 'disabled';
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}

export const updateAccount = request('identity.account.update', {
  permission: 'account.manage',
  effect: 'write',
  request: UpdateAccount,
  reply: AccountView,
});
