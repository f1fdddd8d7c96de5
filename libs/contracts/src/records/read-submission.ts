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
import { submissionKinds, type SubmissionKind } from './events';
import { RecordFinding } from './record-finding';
import { TeacherView } from './teacher-view';

export class ReadSubmission {
  @IsUUID() submissionId!: string;
}

/** One row under review; sensitive values are masked. */
export class SubmittedEntry {
  @IsUUID() entryId!: string;
  @IsString() section!: string;
  @IsInt() version!: number;
  @IsObject() values!: Record<string, unknown>;
  @IsOptional() @IsObject() effective?: Record<string, unknown>;
  /** Against what is effective; every key of a new row. */
  @IsString({ each: true }) changedKeys!: string[];
  /** Against the submission this one supersedes: what to look at again. */
  @IsString({ each: true }) changedSinceLast!: string[];
}

/** The one value a change request is about; masked when sensitive. */
export class SubmittedChange {
  @IsUUID() changeRequestId!: string;
  @IsUUID() entryId!: string;
  @IsString() section!: string;
  @IsString() indicator!: string;
  @IsOptional() oldValue?: unknown;
  @IsOptional() newValue?: unknown;
  @IsString() reason!: string;
  @IsString({ each: true }) evidence!: string[];
}

export class SubmissionView {
  @IsUUID() id!: string;
  @IsUUID() teacherId!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  @IsString() state!: string;
  @IsString() contentHash!: string;
  @IsString() catalogueVersion!: string;
  @IsString() category!: string;
  @IsUUID() submittedBy!: string;
  @IsISO8601() submittedAt!: string;
  @IsOptional() @IsUUID() supersedes?: string;
  /** Content and hash belong together: recomputed at every reading. */
  @IsBoolean() hashHolds!: boolean;
  @ValidateNested() @Type(() => TeacherView) teacher!: TeacherView;
  @ValidateNested({ each: true }) @Type(() => SubmittedEntry) entries!: SubmittedEntry[];
  /** Rows of the superseded submission that are gone. */
  @IsUUID(undefined, { each: true }) removedSinceLast!: string[];
  @ValidateNested({ each: true }) @Type(() => SubmittedChange) changes!: SubmittedChange[];
  @ValidateNested({ each: true }) @Type(() => RecordFinding) ruleHits!: RecordFinding[];
}

export const readSubmission = request('records.submission.read', {
  permission: 'review.read',
  effect: 'read',
  request: ReadSubmission,
  reply: SubmissionView,
});
