import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import {
  accountStates,
  accountStatuses,
  AccountView,
  organisationCodeForm,
  type AccountState,
  type AccountStatus,
} from './fields';

/** The accounts the caller manages: of the own organisation, and system administrators directly below. */
export class ListAccounts extends PageQuery {
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(roles) role?: Role;
  @IsOptional() @IsIn(accountStatuses) status?: AccountStatus;
  @IsOptional() @IsIn(accountStates) state?: AccountState;
  /** Begins with: log-in name. */
  @IsOptional() @IsString() @MaxLength(32) loginName?: string;
  /** Part of the person's or the organisation's name, or the beginning of the log-in name. */
  @IsOptional() @IsString() @MaxLength(50) q?: string;
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

/** The same accounts, counted by state. */
export class CountAccounts {
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(roles) role?: Role;
  @IsOptional() @IsString() @MaxLength(50) q?: string;
}

export class AccountStateCount {
  @IsIn(accountStates) state!: AccountState;
  @IsInt() accounts!: number;
}

export class AccountCounts {
  @IsInt() total!: number;
  /** Every state once. */
  @ValidateNested({ each: true }) @Type(() => AccountStateCount) states!: AccountStateCount[];
}

export const countAccounts = request('identity.account.count', {
  permission: 'account.read',
  effect: 'read',
  request: CountAccounts,
  reply: AccountCounts,
});
