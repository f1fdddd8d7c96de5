import { IsIn, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { request } from '../contract';
import { AccountView, organisationCodeForm } from './fields';

/** A further post for an account the caller manages. */
export class GrantPost {
  @IsUUID() accountId!: string;
  @IsIn(roles) role!: Role;
  /** The caller's own when absent. */
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsISO8601() expiresAt?: string;
}

export const grantPost = request('identity.post.grant', {
  permission: 'account.issue',
  effect: 'write',
  request: GrantPost,
  reply: AccountView,
});
