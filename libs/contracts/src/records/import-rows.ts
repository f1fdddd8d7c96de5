import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { ImportIssue, issueSeverities, type IssueSeverity } from './import-issues';
import { ImportById } from './import-view';

/** One column of a sheet as the workbook has it. */
export class ImportColumn {
  /** Its letter. */
  @IsString() column!: string;
  /** As the header says. */
  @IsString() title!: string;
  /** Indicator it holds; absent: it is not imported. */
  @IsOptional() @IsString() indicator?: string;
  /** Says whose row it is. */
  @IsBoolean() isPerson!: boolean;
  /** Its values are never kept on the client's disk. */
  @IsBoolean() isSensitive!: boolean;
  /** Choices as they are typed, `code-name`, when there are few. */
  @IsOptional() @IsString({ each: true }) choices?: string[];
}

/** One sheet of the workbook with how it stands. */
export class ImportSheet {
  @IsString() sheet!: string;
  @IsString() section!: string;
  /** Row of the header, as the spreadsheet numbers it. */
  @IsInt() headerRow!: number;
  @ValidateNested({ each: true }) @Type(() => ImportColumn) columns!: ImportColumn[];
  @IsInt() rows!: number;
  /** Rows with a finding. */
  @IsInt() rowsFound!: number;
  @IsInt() errors!: number;
  @IsInt() findings!: number;
}

export class ImportSheetList {
  @ValidateNested({ each: true }) @Type(() => ImportSheet) sheets!: ImportSheet[];
}

/** The sheets that hold rows, in the order of the template. Only for whoever uploaded. */
export const listImportSheets = request('records.import.sheets', {
  permission: 'record.import',
  effect: 'read',
  request: ImportById,
  reply: ImportSheetList,
});

export const importCellKinds = ['formula', 'error', 'merged'] as const;
export type ImportCellKind = (typeof importCellKinds)[number];

/** One cell with content; blank ones are left out. */
export class ImportCell {
  @IsString() column!: string;
  /** What it shows. */
  @IsString() text!: string;
  /** What it holds instead of a value. */
  @IsOptional() @IsIn(importCellKinds) kind?: ImportCellKind;
  /** Changed on screen since the upload. */
  @IsOptional() @IsBoolean() isMended?: boolean;
}

export class ImportGridRow {
  @IsString() sheet!: string;
  /** As the spreadsheet shows it. */
  @IsInt() row!: number;
  @ValidateNested({ each: true }) @Type(() => ImportCell) cells!: ImportCell[];
  @ValidateNested({ each: true }) @Type(() => ImportIssue) findings!: ImportIssue[];
}

export class ListImportRows extends PageQuery {
  @IsUUID() importId!: string;
  @IsString() @MaxLength(60) sheet!: string;
  /** `errors`: only rows with a finding. */
  @IsOptional() @IsIn(['errors', 'all']) with?: 'errors' | 'all';
  /** Begin at this row. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) from?: number;
}

export class ImportRowPage {
  @ValidateNested({ each: true }) @Type(() => ImportGridRow) items!: ImportGridRow[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** Rows of one sheet as they stand now, with what is wrong in them. Only for whoever uploaded: cells are shown in full. */
export const listImportRows = request('records.import.rows', {
  permission: 'record.import',
  effect: 'read',
  request: ListImportRows,
  reply: ImportRowPage,
});

/** What would mend every cell of a cause. */
export class CauseFix {
  /** To be written; absent = clear the cells. */
  @IsOptional() @IsString() to?: string;
  @IsString() words!: string;
  @IsString() wordsEn!: string;
}

/** Findings with one cause: the same mistake with the same content in one column. */
export class ImportCause {
  @IsString() sheet!: string;
  @IsOptional() @IsString() column?: string;
  @IsOptional() @IsString() label?: string;
  @IsString() code!: string;
  @IsIn(issueSeverities) severity!: IssueSeverity;
  @IsInt() count!: number;
  /** What the cells say; absent where it differs, or is sensitive. */
  @IsOptional() @IsString() from?: string;
  @IsOptional() @ValidateNested() @Type(() => CauseFix) suggestion?: CauseFix;
  @IsString() detail!: string;
  @IsString() detailEn!: string;
  /** The first row that has it. */
  @IsOptional() @IsInt() row?: number;
  /** Of a cause in one place, for whoever uploaded: what the cell says, sensitive values masked. */
  @IsOptional() @IsString() shown?: string;
  /** … and whose row it is, as the sheet says. */
  @IsOptional() @IsString() person?: string;
}

/** The frequent ones first; `total` counts all. */
export class ImportCauseList {
  @ValidateNested({ each: true }) @Type(() => ImportCause) causes!: ImportCause[];
  @IsInt() total!: number;
}

export const listImportCauses = request('records.import.causes', {
  permission: 'record.import',
  effect: 'read',
  request: ImportById,
  reply: ImportCauseList,
});
