import { Type } from 'class-transformer';
import { IsBoolean, IsISO8601, IsString, MaxLength, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { AccountView } from './fields';

export class CreateSession {
  /** The assigned name; teachers may type their document number instead. */
  @IsString() @MaxLength(64) loginName!: string;
  @IsString() @MaxLength(128) password!: string;
}

export class SessionCreated {
  /** Opaque; kept only as a hash. */
  @IsString() token!: string;
  /** Absolute end; idle time may end it earlier. */
  @IsISO8601() expiresAt!: string;
  @ValidateNested() @Type(() => AccountView) account!: AccountView;
  /** Until the password is changed every request but that one is refused. */
  @IsBoolean() mustChangePassword!: boolean;
}

export const createSession = request('identity.session.create', {
  permission: 'public',
  effect: 'write',
  lane: 'log-in',
  request: CreateSession,
  reply: SessionCreated,
  replay: 'never',
});
