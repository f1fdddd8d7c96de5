import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsISO8601, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { Mark } from '../review/events';
import { RecordFinding } from './record-finding';

export class ReadCompleteness {
  @IsUUID() teacherId!: string;
}

export class SectionCompleteness {
  @IsString() section!: string;
  @IsInt() rows!: number;
  @IsInt() required!: number;
  @IsInt() filled!: number;
  @IsBoolean() complete!: boolean;
  /** 与去年一致: confirmed this year as it stands. */
  @IsOptional() @IsISO8601() confirmedAt?: string;
}

/** A value a return asks to be mended, and how that stands. */
export class MarkStanding extends Mark {
  /** No longer as it was returned. */
  @IsBoolean() mended!: boolean;
  /** The caller may mend it himself; else somebody else does, and it holds up no submission. */
  @IsBoolean() yours!: boolean;
}

/** What is missing or wrong before the record can be submitted. */
export class Completeness {
  @IsUUID() teacherId!: string;
  @IsBoolean() complete!: boolean;
  @IsInt() percent!: number;
  /** Rows no submission took effect with yet: on an effective record, whether there is anything to submit. */
  @IsInt() pendingRows!: number;
  @ValidateNested({ each: true }) @Type(() => SectionCompleteness) sections!: SectionCompleteness[];
  @ValidateNested({ each: true }) @Type(() => RecordFinding) findings!: RecordFinding[];
  /** Of the return that is open; empty when none is. */
  @ValidateNested({ each: true }) @Type(() => MarkStanding) marks!: MarkStanding[];
}

export const readCompleteness = request('records.completeness.read', {
  permission: 'record.read',
  effect: 'read',
  request: ReadCompleteness,
  reply: Completeness,
});
