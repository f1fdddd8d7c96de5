import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import { ReportingWords } from './fields';

/** A typed value: a number, a text, yes or no, a day; null empties it. */
export type CellValue = number | string | boolean | null;

export const cellKinds = ['typed', 'filled', 'rate'] as const;
export const cellTypes = ['integer', 'yesNo', 'day', 'text', 'rate'] as const;

export class ReportCell {
  @IsString() key!: string;
  @ValidateNested() @Type(() => ReportingWords) label!: ReportingWords;
  /** typed by people · filled from the register · rate computed from the others. */
  @IsIn(cellKinds) kind!: (typeof cellKinds)[number];
  @IsIn(cellTypes) type!: (typeof cellTypes)[number];
  /** A sheet without it is not submitted. */
  @IsOptional() @IsBoolean() required?: boolean;
  /** Key of the yes/no that makes it required. */
  @IsOptional() @IsString() neededWith?: string;
  /** Key of the figure it must not exceed. */
  @IsOptional() @IsString() atMost?: string;
  /** What is counted, in words. */
  @IsOptional() @ValidateNested() @Type(() => ReportingWords) definition?: ReportingWords;
  /** Of the organisation's own sheet: its own schools. */
  @IsOptional() own?: CellValue;
  /** Own sheet plus the rolled-up sheets below; for yes/no the number of sheets that say yes. */
  @IsOptional() total?: CellValue;
  /** The list of records behind the figure can be opened. */
  @IsBoolean() hasRecords!: boolean;
}

export class ReportGroup {
  @IsString() key!: string;
  @ValidateNested() @Type(() => ReportingWords) label!: ReportingWords;
  @ValidateNested({ each: true }) @Type(() => ReportCell) cells!: ReportCell[];
}
