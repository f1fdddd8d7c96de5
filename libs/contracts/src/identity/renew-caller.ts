import { IsISO8601, IsString, IsUUID } from 'class-validator';
import { internal } from '../contract';

/** A long job asks again before every chunk, with the account and post it was started by. */
export class RenewCaller {
  @IsUUID() accountId!: string;
  @IsUUID() postId!: string;
}

export class CallerRenewed {
  @IsString() callerToken!: string;
  @IsISO8601() expiresAt!: string;
}

/** Refused as `identity.session_ended` when account or post are no longer good: the job stops with that reason. */
export const renewCaller = internal('identity.caller.renew', {
  from: ['records', 'review', 'reporting'],
  effect: 'read',
  request: RenewCaller,
  reply: CallerRenewed,
});
