import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { recordStages, type RecordStage } from './events';
import { recordStatuses, type RecordStatus } from './teacher-view';
import { templateCategories, type TemplateCategory } from './template-read';

/** The teacher list as csv, piece by piece in the order of the list: ask on with `cursor` until there is no `next`. */
export class ExportTeacherList {
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(recordStages) stage?: RecordStage;
  @IsOptional() @IsIn(templateCategories) category?: TemplateCategory;
  @IsOptional() @IsIn(recordStatuses) status?: RecordStatus;
  /** Part of a name, as in the list. */
  @IsOptional() @IsString() @MaxLength(50) q?: string;
  /** Begins with. */
  @IsOptional() @IsString() @MaxLength(20) name?: string;
  @IsOptional() @IsString() cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() limit?: number;
}

export class TeacherListPiece {
  /** UTF-8 text; the first piece begins with the byte order mark and the header. */
  @IsString() csv!: string;
  @IsInt() rows!: number;
  @IsOptional() @IsString() next?: string;
}

export const exportTeacherList = request('records.teacher-list.export', {
  permission: 'record.export',
  effect: 'read',
  lane: 'bulk',
  request: ExportTeacherList,
  reply: TeacherListPiece,
});
