import { IsInt, IsOptional, IsString } from 'class-validator';

/** One thing wrong with what was sent: where it is, a stable code, words that say how to mend it. */
export class Finding {
  /** JSON pointer into the request body; empty for workbooks. */
  @IsOptional() @IsString() pointer?: string;
  @IsOptional() @IsString() field?: string;
  @IsString() code!: string;
  @IsString() detail!: string;
  @IsOptional() @IsString() detailEn?: string;
  @IsOptional() @IsString() sheet?: string;
  /** As shown by the spreadsheet: the first row is 1. */
  @IsOptional() @IsInt() row?: number;
  @IsOptional() @IsString() column?: string;
}
