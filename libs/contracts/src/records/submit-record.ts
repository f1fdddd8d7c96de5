import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { submissionKinds, type SubmissionKind } from './events';

/** Why a serious rule hit is right all the same. */
export class AcceptedHit {
  @IsString() section!: string;
  @IsString() code!: string;
  @IsOptional() @IsUUID() entryId?: string;
  @IsString() @Length(2, 200) reason!: string;
}

/** Freezes the record for review. On an effective record it submits the rows added since (工作方案 五(五)). */
export class SubmitRecord {
  @IsUUID() teacherId!: string;
  /** 谁填报谁负责: the filler declares that what is submitted is true. */
  @IsBoolean() @Equals(true) declared!: boolean;
  @IsOptional()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => AcceptedHit)
  acceptedHits?: AcceptedHit[];
}

export class RecordSubmitted {
  @IsUUID() submissionId!: string;
  @IsUUID() teacherId!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  @IsString() contentHash!: string;
  @IsISO8601() submittedAt!: string;
}

export const submitRecord = request('records.submission.submit', {
  permission: 'record.submit',
  effect: 'write',
  request: SubmitRecord,
  reply: RecordSubmitted,
});
