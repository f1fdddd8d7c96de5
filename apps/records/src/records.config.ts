import { ServiceConfig } from '@shidang/service-host';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class RecordsConfig extends ServiceConfig {
  /** Marked and prefilled workbooks made at once (each takes up to 256 MB), and how many may wait for that. */
  @IsOptional() @IsInt() @Min(1) @Max(16) FILES_AT_ONCE: number = 2;
  @IsOptional() @IsInt() @Min(0) FILES_WAITING: number = 8;
}
