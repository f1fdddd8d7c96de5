import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { caseStages } from '../review/events';

/** 工作方案 五(五): the school's information administrator applies for the change of one effective value. */
export class RequestChange {
  @IsUUID() teacherId!: string;
  @IsUUID() entryId!: string;
  @IsString() indicator!: string;
  /** The new value as typed; `null` empties it. Absent in the answer to a correction that proposes one: that. */
  @IsOptional() value?: unknown;
  @IsString() @Length(2, 500) reason!: string;
  /** Titles or file ids of what proves it; required for the four identity facts. */
  @IsOptional() @ArrayMaxSize(20) @IsString({ each: true }) @MaxLength(200, { each: true }) evidence?: string[];
  /** The teacher's request this application answers. */
  @IsOptional() @IsUUID() correctionId?: string;
}

export const changeStates = ['open', 'approved', 'returned', 'withdrawn', 'conflict'] as const;

export class ChangeRequestView {
  @IsUUID() id!: string;
  @IsUUID() teacherId!: string;
  @IsUUID() entryId!: string;
  @IsString() section!: string;
  @IsString() indicator!: string;
  /** Masked when sensitive, as is the new one. */
  @IsOptional() oldValue?: unknown;
  @IsOptional() newValue?: unknown;
  @IsString() reason!: string;
  @IsString({ each: true }) evidence!: string[];
  @IsIn(changeStates) state!: string;
  @IsOptional() @IsIn(caseStages) caseStage?: string;
  @IsUUID() submissionId!: string;
  @IsUUID() requestedBy!: string;
  @IsISO8601() requestedAt!: string;
  @IsString() etag!: string;
}

export const requestChange = request('records.change.request', {
  permission: 'change.request',
  effect: 'write',
  request: RequestChange,
  reply: ChangeRequestView,
});

export class ListChangeRequests extends PageQuery {
  @IsOptional() @IsUUID() teacherId?: string;
  @IsOptional() @IsIn(changeStates) state?: string;
}

export class ChangeRequestPage {
  @ValidateNested({ each: true }) @Type(() => ChangeRequestView) items!: ChangeRequestView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listChangeRequests = request('records.change.list', {
  permission: 'record.read',
  effect: 'read',
  request: ListChangeRequests,
  reply: ChangeRequestPage,
});

export class ReadChangeRequest {
  @IsUUID() changeRequestId!: string;
}

export const readChangeRequest = request('records.change.read', {
  permission: 'record.read',
  effect: 'read',
  request: ReadChangeRequest,
  reply: ChangeRequestView,
});
