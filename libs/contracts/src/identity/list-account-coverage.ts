import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { roles, tiers, type Role, type Tier } from '@shidang/access';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { accountStates, organisationCodeForm, type AccountState } from './fields';

/** Which organisations have whose account: the matrix from which accounts are issued (工作方案 逐级分发). */
export class ListAccountCoverage extends PageQuery {
  @IsOptional() @IsIn(tiers) tier?: Tier;
  /** Part of the name, or the beginning of the code. */
  @IsOptional() @IsString() @MaxLength(50) q?: string;
  /** `yes`: only organisations without a usable account. */
  @IsOptional() @IsIn(['yes']) lacking?: 'yes';
}

/** A role the caller may issue there. */
export class RoleCoverage {
  @IsIn(roles) role!: Role;
  /** Of the best account; absent when there is none. */
  @IsOptional() @IsIn(accountStates) state?: AccountState;
  @IsInt() accounts!: number;
  /** A batch would issue one here; else it would skip. */
  @IsBoolean() free!: boolean;
}

export class AccountCoverage {
  @Matches(organisationCodeForm) organisation!: string;
  @IsString() organisationName!: string;
  @IsIn(tiers) tier!: Tier;
  @ValidateNested({ each: true }) @Type(() => RoleCoverage) roles!: RoleCoverage[];
}

export class AccountCoveragePage {
  /** The caller's own organisation, on every page. */
  @ValidateNested() @Type(() => AccountCoverage) own!: AccountCoverage;
  /** Directly below, by code. */
  @ValidateNested({ each: true }) @Type(() => AccountCoverage) items!: AccountCoverage[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listAccountCoverage = request('identity.account-coverage.list', {
  permission: 'account.read',
  effect: 'read',
  request: ListAccountCoverage,
  reply: AccountCoveragePage,
});
