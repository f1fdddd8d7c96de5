import { IsString, MaxLength } from 'class-validator';
import { request } from '../contract';
import { Done } from '../page';

/** Ends every other session of the account. */
export class ChangePassword {
  @IsString() @MaxLength(128) currentPassword!: string;
  @IsString() @MaxLength(128) newPassword!: string;
  /** The session that stays, filled in by the gateway. */
  @IsString() token!: string;
}

export const changePassword = request('identity.password.change', {
  permission: 'self.session',
  effect: 'write',
  lane: 'log-in',
  request: ChangePassword,
  reply: Done,
  replay: 'never',
});
