import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { organisationCodeForm } from '../identity/fields';
import { submissionKinds, type SubmissionKind } from '../records/events';
import { caseStages, Mark, type CaseStage } from './events';

export const reviewSteps = ['school', 'authority'] as const;
/** Which of the two reviews: 学校审核, 教育行政部门审核. */
export type ReviewStepName = (typeof reviewSteps)[number];
export const verdicts = ['approve', 'return'] as const;
export type Verdict = (typeof verdicts)[number];

/** A mark as the filler reads it beside the field: the coded reason and the reviewer's own words. */
export class MarkedValue extends Mark {
  @IsString() @Length(2, 500) words!: string;
}

/** Somebody whose turn it is has it open: a courtesy between colleagues, no lock. */
export class CaseClaim {
  @IsUUID() accountId!: string;
  @IsOptional() @IsString() name?: string;
  /** The caller himself. */
  @IsBoolean() mine!: boolean;
  @IsISO8601() until!: string;
}

/** 审核事项: where one submission stands and whose turn it is. */
export class CaseSummary {
  @IsUUID() id!: string;
  @IsUUID() submissionId!: string;
  @IsUUID() teacherId!: string;
  /** In lists, from records in the caller's scope. */
  @IsOptional() @IsString() teacherName?: string;
  /** The school. */
  @Matches(organisationCodeForm) organisation!: string;
  @IsOptional() @IsString() organisationName?: string;
  @IsString() category!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  /** Which group of alike cases it is in. */
  @IsString() shape!: string;
  @IsIn(caseStages) stage!: CaseStage;
  @IsOptional() @Matches(organisationCodeForm) turnOrganisation?: string;
  @IsOptional() @IsString() turnOrganisationName?: string;
  @IsOptional() @IsIn(roles) turnRole?: Role;
  /** 由教育行政部门直接审核: nobody at the school may review it. */
  @IsBoolean() schoolSkipped!: boolean;
  /** A reviewer has looked at it; from then on it cannot be withdrawn. */
  @IsBoolean() opened!: boolean;
  /** The caller may decide it now: his turn, and nothing of his own in it. */
  @IsBoolean() decidable!: boolean;
  /** Codes of serious rule hits; a batch approval skips the case. */
  @IsString({ each: true }) ruleHits!: string[];
  /** What a decision is bound to. */
  @IsString() contentHash!: string;
  @IsOptional() @ValidateNested() @Type(() => CaseClaim) claimedBy?: CaseClaim;
  /** Decided in a batch that is held until then. */
  @IsOptional() @IsISO8601() heldUntil?: string;
  /** Receipt of the submission upward it belongs to. */
  @IsOptional() @IsString() receipt?: string;
  @IsISO8601() submittedAt!: string;
  @IsISO8601() movedAt!: string;
  @IsString() etag!: string;
}

/** One decision on the case, with the words of a return. */
export class CaseDecisionView {
  @IsIn(reviewSteps) step!: ReviewStepName;
  @IsIn(verdicts) verdict!: Verdict;
  @IsISO8601() decidedAt!: string;
  @IsUUID() accountId!: string;
  @IsOptional() @IsString() accountName?: string;
  @IsIn(roles) role!: Role;
  /** Organisation of the reviewer. */
  @Matches(organisationCodeForm) organisation!: string;
  @IsOptional() @IsString() organisationName?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => MarkedValue) marks!: MarkedValue[];
}
