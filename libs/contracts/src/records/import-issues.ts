import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';

export const issueSeverities = ['error', 'serious', 'warning'] as const;
export type IssueSeverity = (typeof issueSeverities)[number];

export class ListImportIssues extends PageQuery {
  @IsUUID() importId!: string;
  @IsOptional() @IsString() @MaxLength(60) sheet?: string;
  @IsOptional() @IsString() @MaxLength(60) code?: string;
  @IsOptional() @IsIn(issueSeverities) severity?: IssueSeverity;
}

/** A way to mend the cell, ready to be typed. */
export class IssueFix {
  /** What to write; absent = clear the cell. */
  @IsOptional() @IsString() value?: string;
  @IsString() words!: string;
  @IsString() wordsEn!: string;
}

/** One mistake: which cell, what is wrong, how to mend it. */
export class ImportIssue {
  @IsString() sheet!: string;
  /** As the spreadsheet shows it: the first row is 1; absent when the sheet as a whole is meant. */
  @IsOptional() @IsInt() row?: number;
  /** Letter of the column; absent when the row as a whole is meant. */
  @IsOptional() @IsString() column?: string;
  /** Header of the column. */
  @IsOptional() @IsString() label?: string;
  @IsString() code!: string;
  @IsIn(issueSeverities) severity!: IssueSeverity;
  @IsString() detail!: string;
  @IsString() detailEn!: string;
  @IsOptional() @ValidateNested() @Type(() => IssueFix) fix?: IssueFix;
}

/** Findings of one kind together, so that 37 cells with one cause are one line. */
export class ImportIssueGroup {
  @IsString() code!: string;
  @IsString() sheet!: string;
  @IsInt() count!: number;
}

export class ImportIssuePage {
  @ValidateNested({ each: true }) @Type(() => ImportIssue) items!: ImportIssue[];
  @ValidateNested({ each: true }) @Type(() => ImportIssueGroup) groups!: ImportIssueGroup[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** Every finding of every cell, in the order of the workbook. */
export const listImportIssues = request('records.import.issues', {
  permission: 'record.import',
  effect: 'read',
  request: ListImportIssues,
  reply: ImportIssuePage,
});
