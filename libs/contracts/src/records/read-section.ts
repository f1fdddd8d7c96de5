import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { Mark } from '../review/events';

export class ReadSection {
  @IsUUID() teacherId!: string;
  @IsString() section!: string;
  /** A moment: the values that were effective then, instead of the draft. */
  @IsOptional() @IsISO8601() asOf?: string;
}

/** One row of a section. Sensitive values are masked; codes are codes. */
export class EntryView {
  @IsUUID() id!: string;
  @IsString() section!: string;
  @IsObject() values!: Record<string, unknown>;
  /** What is effective now, when it differs from `values`. */
  @IsOptional() @IsObject() effective?: Record<string, unknown>;
  @IsBoolean() isEffective!: boolean;
  @IsInt() version!: number;
  @IsISO8601() updatedAt!: string;
  /** For If-Match. */
  @IsString() etag!: string;
  /** In sections read: keys of this row the caller may fill now. */
  @IsOptional() @IsArray() @IsString({ each: true }) fillableKeys?: string[];
}

/** Why nobody fills this record now: a review is under way, or the teacher has left. */
export const closedReasons = ['review', 'left'] as const;

export class SectionView {
  @IsUUID() teacherId!: string;
  @IsString() section!: string;
  @IsString() category!: string;
  /** Whether this caller may fill anything here now: right, review and return considered. */
  @IsBoolean() fillable!: boolean;
  /** Keys this caller may fill; empty when nothing. */
  @IsArray() @IsString({ each: true }) fillableKeys!: string[];
  /** Keys the caller may fill in a new row; empty when no row may be added. */
  @IsArray() @IsString({ each: true }) newRowKeys!: string[];
  @IsOptional() @IsIn(closedReasons) closedBecause?: (typeof closedReasons)[number];
  /** A return is open: only what was marked may be mended. */
  @IsBoolean() returned!: boolean;
  /** After a return: the values to mend in this section. */
  @ValidateNested({ each: true }) @Type(() => Mark) marks!: Mark[];
  @ValidateNested({ each: true }) @Type(() => EntryView) entries!: EntryView[];
  @IsOptional() @IsInt() effectiveVersion?: number;
  /** What a confirmation is bound to; absent for a moment of the past. */
  @IsOptional() @IsString() contentTag?: string;
  /** 与去年一致: confirmed this year as it stands. */
  @IsOptional() @IsISO8601() confirmedAt?: string;
}

export const readSection = request('records.section.read', {
  permission: 'record.read',
  effect: 'read',
  request: ReadSection,
  reply: SectionView,
});
