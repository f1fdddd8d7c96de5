import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { accountStatuses, AccountView, organisationCodeForm, type AccountStatus } from './fields';

/** The accounts the caller manages: of the own organisation, and system administrators directly below. */
export class ListAccounts extends PageQuery {
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(roles) role?: Role;
  @IsOptional() @IsIn(accountStatuses) status?: AccountStatus;
  /** Begins with: log-in name. */
  @IsOptional() @IsString() @MaxLength(32) loginName?: string;
}

export class AccountPage {
  @ValidateNested({ each: true }) @Type(() => AccountView) items!: AccountView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listAccounts = request('identity.account.list', {
  permission: 'account.read',
  effect: 'read',
  request: ListAccounts,
  reply: AccountPage,
});
