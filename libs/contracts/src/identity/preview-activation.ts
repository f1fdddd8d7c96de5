import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { request } from '../contract';
import { organisationCodeForm } from './fields';

/** Whoever holds a slip sees what it is for before he chooses a password. The code goes in the body, never in a URL. */
export class PreviewActivation {
  @IsString() @MaxLength(40) code!: string;
}

export class ActivationPreview {
  @IsString() loginName!: string;
  @IsOptional() @IsIn(roles) role?: Role;
  @Matches(organisationCodeForm) organisation!: string;
  @IsString() organisationName!: string;
  /** As on the slip. */
  @IsOptional() @IsString() name?: string;
  /** False: name and document are asked for. */
  @IsBoolean() personKnown!: boolean;
}

export const previewActivation = request('identity.activation.preview', {
  permission: 'public',
  effect: 'read',
  request: PreviewActivation,
  reply: ActivationPreview,
});
