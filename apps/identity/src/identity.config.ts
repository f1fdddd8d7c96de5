import { ServiceConfig } from '@shidang/service-host';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** Times of sign-in are settings; the defaults are those of the plan's security rules. */
export class IdentityConfig extends ServiceConfig {
  /** PKCS#8 PEM, Ed25519: signs callers. No other service has it. */
  @IsString() IDENTITY_PRIVATE_KEY!: string;
  @IsOptional() @IsInt() @Min(1) SESSION_IDLE_SECONDS: number = 15 * 60;
  @IsOptional() @IsInt() @Min(1) SESSION_IDLE_TEACHER_SECONDS: number = 30 * 60;
  @IsOptional() @IsInt() @Min(1) SESSION_SECONDS: number = 12 * 3600;
  @IsOptional() @IsInt() @Min(1) LOCK_FAILURES: number = 5;
  @IsOptional() @IsInt() @Min(1) LOCK_SECONDS: number = 300;
  /** Administrators change their password after so many days; 0 = never. */
  @IsOptional() @IsInt() @Min(0) PASSWORD_DAYS: number = 90;
  @IsOptional() @IsInt() @Min(1) @Max(30) SLIP_DAYS: number = 7;
  /** Hashing passwords takes at most so much of one core (L1). */
  @IsOptional() @IsInt() @Min(1) @Max(100) PASSWORD_CORE_PERCENT: number = 60;
  /** Rest between two looks for posts that ran out. */
  @IsOptional() @IsInt() @Min(10) POST_LOOK_MS: number = 30_000;
  /** An unconfirmed claim of a person lapses after this. */
  @IsOptional() @IsInt() @Min(1) CLAIM_SECONDS: number = 600;
}
