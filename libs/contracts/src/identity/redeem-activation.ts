import { Type } from 'class-transformer';
import { IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { IdentityDocument } from './fields';

/** First log-in sets the password; whoever is not yet bound to a person says who he is. */
export class RedeemActivation {
  @IsString() @MaxLength(40) code!: string;
  @IsString() @MaxLength(128) password!: string;
  @IsOptional() @IsString() @MaxLength(50) name?: string;
  @IsOptional() @ValidateNested() @Type(() => IdentityDocument) document?: IdentityDocument;
}

export class ActivationRedeemed {
  @IsUUID() accountId!: string;
  @IsString() loginName!: string;
}

export const redeemActivation = request('identity.activation.redeem', {
  permission: 'public',
  effect: 'write',
  lane: 'log-in',
  request: RedeemActivation,
  reply: ActivationRedeemed,
  replay: 'never',
});
