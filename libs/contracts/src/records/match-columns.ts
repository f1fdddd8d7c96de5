import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { ImportById, ImportView } from './import-view';

/**
 * Sure: `title` (the template's header), `wording` (the same but for brackets, marks, or a known other name), `kept` (chosen for an earlier workbook), `chosen`,
 * `empty` (nothing stands in it). In doubt: `similar`, `several` (could be more than one), `twice` (two columns mean the same), `unknown`.
 */
export const matchReasons = [
  'title',
  'wording',
  'kept',
  'chosen',
  'empty',
  'similar',
  'several',
  'twice',
  'unknown',
] as const;
export type MatchReason = (typeof matchReasons)[number];

/** What a column may hold: an indicator, or `person.number` and `person.name`, who a row is about. */
export class ColumnTarget {
  @IsString() indicator!: string;
  @IsString() label!: string;
  @IsString() labelEn!: string;
  @IsBoolean() isRequired!: boolean;
}

/** One column of the workbook with what it is read as. */
export class HeaderColumnView {
  /** Its letter. */
  @IsString() column!: string;
  /** Empty: something stands in the column, nothing above it. */
  @IsString() title!: string;
  /** Cells with content below the header. */
  @IsInt() values!: number;
  /** The first three different ones; sensitive ones, and what looks like a number of somebody, are masked. */
  @IsString({ each: true }) samples!: string[];
  /** Absent: it is not imported. */
  @IsOptional() @IsString() indicator?: string;
  @IsBoolean() isSure!: boolean;
  @IsIn(matchReasons) why!: MatchReason;
  /** Indicators it may hold, the likeliest first. */
  @IsString({ each: true }) proposals!: string[];
}

export class HeaderSheet {
  @IsString() sheet!: string;
  @IsString() section!: string;
  @IsInt() headerRow!: number;
  /** Rows below the header. */
  @IsInt() rows!: number;
  @ValidateNested({ each: true }) @Type(() => HeaderColumnView) columns!: HeaderColumnView[];
  /** Required indicators no column holds. */
  @IsString({ each: true }) missing!: string[];
  /** Everything a column of this sheet may hold, in the order of the template. */
  @ValidateNested({ each: true }) @Type(() => ColumnTarget) targets!: ColumnTarget[];
}

export class ImportColumns {
  @IsUUID() importId!: string;
  @IsString() etag!: string;
  /** Sheets with rows, in the order of the template. */
  @ValidateNested({ each: true }) @Type(() => HeaderSheet) sheets!: HeaderSheet[];
}

/** How the columns of a workbook are read. Only for whoever uploaded. */
export const listImportColumns = request('records.import.columns', {
  permission: 'record.import',
  effect: 'read',
  request: ImportById,
  reply: ImportColumns,
});

/** What a column holds; without an indicator it is not imported, by choice. */
export class ColumnChoice {
  @Matches(/^[A-Z]{1,2}$/) column!: string;
  @IsOptional() @IsString() @MaxLength(60) indicator?: string;
}

export class SheetChoice {
  @IsString() @MaxLength(60) sheet!: string;
  @ArrayMaxSize(256) @ValidateNested({ each: true }) @Type(() => ColumnChoice) columns!: ColumnChoice[];
  /** Required indicators the sheet goes on without. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  without?: string[];
}

export class MatchColumns {
  @IsUUID() importId!: string;
  @ArrayMinSize(1) @ArrayMaxSize(40) @ValidateNested({ each: true }) @Type(() => SheetChoice) sheets!: SheetChoice[];
}

/**
 * Says what the columns hold (If-Match) and lets the check go on (202). Columns left out keep what they are surely read as; those in doubt must be said. Kept
 * for the organisation's next workbook with the same headers.
 */
export const matchImportColumns = request('records.import.match', {
  permission: 'record.import',
  effect: 'write',
  request: MatchColumns,
  reply: ImportView,
});
