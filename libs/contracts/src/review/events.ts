import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { event } from '../contract';
import { Fact } from '../fact';
import { submissionKinds, type SubmissionKind } from '../records/events';

/** Where a case stands and so whose turn it is (domain §5). `school-approved`: reviewed, waits to be submitted upward. */
export const caseStages = [
  'school-review',
  'school-returned',
  'school-approved',
  'authority-review',
  'authority-returned',
  'approved',
  'withdrawn',
  'superseded',
  'conflict',
] as const;
export type CaseStage = (typeof caseStages)[number];

/** A value the filler has to mend: only marked ones reopen. No entry = a row may be added to the section. */
export class Mark {
  @IsString() section!: string;
  @IsOptional() @IsUUID() entryId?: string;
  @IsOptional() @IsString() indicator?: string;
  /** Coded reason: missing, wrong, unclear, evidence, other. */
  @IsIn(['missing', 'wrong', 'unclear', 'evidence', 'other']) reason!: string;
}

/** A decision that binds records: approval by the authority, or a return by either tier. */
export class CaseDecided extends Fact {
  @IsUUID() caseId!: string;
  @IsUUID() submissionId!: string;
  @IsUUID() teacherId!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  @IsIn(['school', 'authority']) step!: 'school' | 'authority';
  @IsIn(['approve', 'return']) verdict!: 'approve' | 'return';
  /** What the reviewer saw. */
  @IsString() contentHash!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Mark) marks!: Mark[];
}

/** A case changed its stage; told for every move, in order of `version`. */
export class CaseMoved extends Fact {
  @IsUUID() caseId!: string;
  @IsUUID() submissionId!: string;
  @IsUUID() teacherId!: string;
  @IsString() schoolCode!: string;
  @IsString() category!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  @IsIn(caseStages) stage!: CaseStage;
  @IsOptional() @IsIn(caseStages) from?: CaseStage;
  /** Organisation whose turn it is now. */
  @IsOptional() @IsString() turnOrgPath?: string;
  /** Role whose turn it is now. */
  @IsOptional() @IsString() turnRole?: string;
  /** Account that pressed submit. */
  @IsUUID() submittedBy!: string;
  /** The school step was skipped: 由教育行政部门直接审核. */
  @IsBoolean() schoolSkipped!: boolean;
  /** Told with a return that marks what only the school fills: the school mends it, whoever submitted. */
  @IsOptional() @IsBoolean() schoolMends?: boolean;
  @IsInt() version!: number;
}

export const reviewEvents = {
  caseDecided: event('review.case-decided', CaseDecided),
  caseMoved: event('review.case-moved', CaseMoved),
};
export const { caseDecided, caseMoved } = reviewEvents;
