import { ServiceConfig } from '@shidang/service-host';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class NotificationsConfig extends ServiceConfig {
  /** Hours in China during which nobody is urged, `from-to`; `off` also switches days of rest off (tests, demonstrations). */
  @IsOptional() @Matches(/^(off|([01]?\d|2[0-3])-([01]?\d|2[0-3]))$/) URGING_QUIET_HOURS: string = '20-8';
  /** After the due day, or after delivery when there is none, an unanswered 督办单 climbs one tier. */
  @IsOptional() @IsInt() @Min(1) @Max(720) URGING_GRACE_HOURS: number = 48;
  /** How often it is asked whether what was urged is done meanwhile. */
  @IsOptional() @IsInt() @Min(1) @Max(86_400) URGING_CHECK_SECONDS: number = 300;
}
