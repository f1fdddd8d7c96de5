import { IsBoolean, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { internal } from '../contract';

export class ResolveSession {
  @IsString() @MaxLength(128) token!: string;
  /** Asked for an open event stream: does not count as use, so idle time runs on. */
  @IsOptional() @IsBoolean() passive?: boolean;
}

/** Asked by the gateway at most once a second per session; the caller token lives 12 s and is never extended. */
export class SessionResolved {
  /** EdDSA; its claims are the `Caller`. */
  @IsString() callerToken!: string;
  @IsISO8601() callerExpiresAt!: string;
  @IsISO8601() sessionExpiresAt!: string;
  @IsBoolean() mustChangePassword!: boolean;
}

export const resolveSession = internal('identity.session.resolve', {
  from: ['gateway'],
  effect: 'read',
  request: ResolveSession,
  reply: SessionResolved,
});
