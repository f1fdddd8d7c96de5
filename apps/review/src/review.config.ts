import { ServiceConfig } from '@shidang/service-host';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class ReviewConfig extends ServiceConfig {
  /** How long a batch can be undone before its decisions count. */
  @IsOptional() @IsInt() @Min(0) @Max(86_400) BATCH_HOLD_SECONDS: number = 600;
  /** Milliseconds between looks for batches that are due. */
  @IsOptional() @IsInt() @Min(20) BATCH_LOOK_MS: number = 1_000;
}
