import { Type } from 'class-transformer';
import {
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
import { PageMark, PageQuery } from '../page';

/** Every value knows who entered it and who reviewed it (谁填报谁负责、谁审核谁负责). Newest first. */
export class ReadHistory extends PageQuery {
  @IsUUID() teacherId!: string;
  @IsOptional() @IsString() section?: string;
  @IsOptional() @IsUUID() entryId?: string;
  /** Key of one field. */
  @IsOptional() @IsString() indicator?: string;
}

/** How a value came in: on screen, through the API, by an import (which batch, sheet and cell) or by an approved change. */
export class HistoryVia {
  @IsIn(['screen', 'api', 'import', 'change']) kind!: 'screen' | 'api' | 'import' | 'change';
  @IsOptional() @IsUUID() importId?: string;
  @IsOptional() @IsString() sheet?: string;
  @IsOptional() @IsInt() row?: number;
  /** Indicator → cell, as `C5`. */
  @IsOptional() @IsObject() cells?: Record<string, string>;
  /** Indicator → account that changed the cell on screen after the upload. */
  @IsOptional() @IsObject() mended?: Record<string, string>;
  /** The import was taken back. */
  @IsOptional() @IsBoolean() undone?: boolean;
  @IsOptional() @IsUUID() changeRequestId?: string;
}

export class HistoryActor {
  @IsUUID() accountId!: string;
  @IsOptional() @IsUUID() personId?: string;
  @IsString() role!: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() organisationName?: string;
}

export class HistoryReview {
  @IsUUID() submissionId!: string;
  @IsIn(['school', 'authority']) step!: 'school' | 'authority';
  @IsIn(['approve', 'return']) verdict!: 'approve' | 'return';
  @ValidateNested() @Type(() => HistoryActor) by!: HistoryActor;
  @IsISO8601() at!: string;
}

export class HistoryItem {
  @IsUUID() id!: string;
  @IsString() section!: string;
  @IsUUID() entryId!: string;
  @IsInt() version!: number;
  @IsString({ each: true }) changedKeys!: string[];
  /** The changed values, masked when sensitive; empty for a removal. */
  @IsObject() values!: Record<string, unknown>;
  @IsIn(['filled', 'removed']) what!: 'filled' | 'removed';
  @ValidateNested() @Type(() => HistoryActor) by!: HistoryActor;
  @ValidateNested() @Type(() => HistoryVia) via!: HistoryVia;
  @ValidateNested({ each: true }) @Type(() => HistoryReview) reviews!: HistoryReview[];
  @IsISO8601() at!: string;
}

export class HistoryPage {
  @ValidateNested({ each: true }) @Type(() => HistoryItem) items!: HistoryItem[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const readHistory = request('records.history.read', {
  permission: 'record.read',
  effect: 'read',
  request: ReadHistory,
  reply: HistoryPage,
});
