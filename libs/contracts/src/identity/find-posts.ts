import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { internal } from '../contract';
import { organisationCodeForm } from './fields';

/** Who holds a role at one organisation, without those below. */
export class FindPosts {
  @Matches(/^0\.(\d+\.)*$/) orgPath!: string;
  @IsIn(roles, { each: true }) roles!: Role[];
}

export class PostHeld {
  @IsUUID() postId!: string;
  @IsUUID() accountId!: string;
  @IsOptional() @IsUUID() personId?: string;
  @IsIn(roles) role!: Role;
  /** Somebody has activated the account and it is not disabled. */
  @IsBoolean() usable!: boolean;
}

export class PostsFound {
  @ValidateNested({ each: true }) @Type(() => PostHeld) posts!: PostHeld[];
}

export const findPosts = internal('identity.post.find', {
  from: ['records', 'review', 'reporting', 'notifications'],
  effect: 'read',
  request: FindPosts,
  reply: PostsFound,
});

/** Names beside accounts a caller may already see: who filled, who reviewed. At most 200 once per page. */
export class LabelAccounts {
  @ArrayMinSize(1) @ArrayMaxSize(200) @IsUUID(undefined, { each: true }) accountIds!: string[];
}

export class AccountLabel {
  @IsUUID() accountId!: string;
  @IsString() loginName!: string;
  /** A teacher's own account: his name is a teacher's data. */
  @IsBoolean() ofTeacher!: boolean;
  @IsString() name!: string;
  @Matches(organisationCodeForm) organisation!: string;
  @IsString() organisationName!: string;
}

export class AccountLabels {
  @ValidateNested({ each: true }) @Type(() => AccountLabel) labels!: AccountLabel[];
}

export const labelAccounts = internal('identity.account.label', {
  from: ['identity', 'records', 'review', 'reporting', 'notifications'],
  effect: 'read',
  request: LabelAccounts,
  reply: AccountLabels,
});

/** Which account has this log-in name: an auditor knows names, the trail holds ids. */
export class LocateAccount {
  @IsString() @Length(2, 60) loginName!: string;
}

export class AccountLocated {
  @IsOptional() @IsUUID() accountId?: string;
}

export const locateAccount = internal('identity.account.locate', {
  from: ['identity', 'records', 'review', 'reporting', 'notifications'],
  effect: 'read',
  request: LocateAccount,
  reply: AccountLocated,
});
