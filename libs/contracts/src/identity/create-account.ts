import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { request } from '../contract';
import { ActivationSlip, organisationCodeForm } from './fields';

/** One account for a user of the own organisation, or a second system administrator directly below. */
export class CreateAccount {
  @IsIn(roles) role!: Role;
  /** The caller's own when absent. */
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  /** The part before `@<organisation>`; made from the role when absent (`info@331102`). */
  @IsOptional() @IsString() @MaxLength(32) loginName?: string;
  /** Written on the slip so that it reaches the right hands; the person is bound at activation. */
  @IsOptional() @IsString() @MaxLength(50) name?: string;
  /** The post ends by itself then. */
  @IsOptional() @IsISO8601() expiresAt?: string;
}

export const createAccount = request('identity.account.create', {
  permission: 'account.issue',
  effect: 'write',
  request: CreateAccount,
  reply: ActivationSlip,
  replay: 'never',
});
