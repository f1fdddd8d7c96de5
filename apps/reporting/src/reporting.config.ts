import { ServiceConfig } from '@shidang/service-host';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class ReportingConfig extends ServiceConfig {
  /** Day of the month a county's report is due (工作方案 六(三): the 23rd). */
  @IsOptional() @IsInt() @Min(1) @Max(28) REPORT_DUE_DAY_COUNTY: number = 23;
  @IsOptional() @IsInt() @Min(1) @Max(28) REPORT_DUE_DAY_CITY: number = 25;
  @IsOptional() @IsInt() @Min(1) @Max(28) REPORT_DUE_DAY_PROVINCE: number = 28;
  /** Hour of the nightly recount, 0–23, China time. */
  @IsOptional() @IsInt() @Min(0) @Max(23) RECOUNT_HOUR: number = 3;
}
