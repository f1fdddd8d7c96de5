import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { roles, tiers, type Role, type Tier } from '@shidang/access';

/** Division code (6 digits) of an authority or 学校标识码 (10 digits) of a school. */
export const organisationCodeForm = /^(\d{6}|\d{10})$/;

/** An identity document as typed; the service normalises width, case, spaces and hyphens. Never in a URL or a log. */
export class IdentityDocument {
  /** Code of table idDocType: 1 resident card, C residence permit, A passport … */
  @Matches(/^[1-9ABCZ]$/) type!: string;
  @IsString() @Length(4, 40) number!: string;
}

/** A post: one role in one organisation. */
export class PostView {
  @IsUUID() id!: string;
  @IsIn(roles) role!: Role;
  @IsIn(tiers) tier!: Tier;
  @Matches(organisationCodeForm) organisation!: string;
  @IsString() organisationName!: string;
  @IsOptional() @IsISO8601() expiresAt?: string;
  @IsBoolean() current!: boolean;
}

export const accountStatuses = ['issued', 'active', 'disabled'] as const;
/** issued: slip printed, nobody has logged in yet. A lock is a moment, not a status: see `lockedUntil`. */
export type AccountStatus = (typeof accountStatuses)[number];

export const accountStates = ['active', 'locked', 'waiting', 'expired', 'unissued', 'disabled'] as const;
/**
 * What the board counts, one each. Nobody has logged in yet: waiting with a slip that is still good, expired with one that is
 * not, unissued without any, as teachers' accounts begin.
 */
export type AccountState = (typeof accountStates)[number];

export class AccountView {
  @IsUUID() id!: string;
  @IsString() loginName!: string;
  @IsIn(accountStatuses) status!: AccountStatus;
  @IsIn(accountStates) state!: AccountState;
  /** Name of the bound person, else what the issuer wrote down. */
  @IsOptional() @IsString() name?: string;
  @Matches(organisationCodeForm) organisation!: string;
  @IsOptional() @IsUUID() teacherId?: string;
  @ValidateNested({ each: true }) @Type(() => PostView) posts!: PostView[];
  @IsOptional() @IsISO8601() lockedUntil?: string;
  @IsOptional() @IsISO8601() slipExpiresAt?: string;
  @IsOptional() @IsISO8601() lastLoginAt?: string;
  @IsISO8601() createdAt!: string;
  @IsString() etag!: string;
}

/** Whose work is on the phone: `apps/me`. */
const onPhones: readonly Role[] = ['teacher', 'principal'];

/** Where a slip is redeemed, on the host that issued it. The code follows as a fragment `#`, which no server ever gets. */
export const activationPathOf = (role: Role): string =>
  onPhones.includes(role) ? '/me/activate' : '/console/activate';

/** What is printed on an activation slip. The code is shown once, here; only its hash is kept. */
export class ActivationSlip {
  @IsUUID() accountId!: string;
  @IsString() loginName!: string;
  @IsIn(roles) role!: Role;
  @Matches(organisationCodeForm) organisation!: string;
  @IsString() organisationName!: string;
  @IsOptional() @IsString() name?: string;
  @IsString() code!: string;
  @IsString() activationPath!: string;
  /** Seven days from issue; a new slip voids this one. */
  @IsISO8601() expiresAt!: string;
}
