import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark } from '../page';
import { submissionKinds, type SubmissionKind } from '../records/events';
import { CaseSummary } from './case-view';
import { caseStages, type CaseStage } from './events';

export const riskLevels = ['hits', 'none'] as const;

/** What narrows a list of cases, their groups and a selection alike. */
export class CaseFilter {
  @IsOptional() @IsIn(caseStages) state?: CaseStage;
  /** `mine`: what waits for the caller's organisation and role. */
  @IsOptional() @IsIn(['mine']) turn?: 'mine';
  /** Cases of this organisation and those below. */
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(submissionKinds) kind?: SubmissionKind;
  /** The parts a submission touches, as the groups spell them. */
  @IsOptional() @IsString() @Length(0, 2000) shape?: string;
  /** `hits`: with serious rule hits, which no batch approves. */
  @IsOptional() @IsIn(riskLevels) risk?: (typeof riskLevels)[number];
  @IsOptional() @IsUUID() teacherId?: string;
}

/** Oldest first, so that nobody waits longest. */
export class ListCases extends CaseFilter {
  /** 1–200, 20 if absent (L4). */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @IsString() cursor?: string;
  @IsOptional() @IsIn(['submittedAt', '-submittedAt']) sort?: 'submittedAt' | '-submittedAt';
}

export class CasePage {
  @ValidateNested({ each: true }) @Type(() => CaseSummary) items!: CaseSummary[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listCases = request('review.case.list', {
  permission: 'review.read',
  effect: 'read',
  request: ListCases,
  reply: CasePage,
});

/** Cases alike: what one decision after another will look the same for. */
export class CaseGroup {
  @IsIn(submissionKinds) kind!: SubmissionKind;
  /** Mends a returned submission. */
  @IsBoolean() mended!: boolean;
  /** For the filter. */
  @IsString() shape!: string;
  /** Sections, or `section.indicator`: what was added, changed, or mended since the return; empty for a whole first record. */
  @IsString({ each: true }) parts!: string[];
  @IsInt() count!: number;
  /** Of them with serious rule hits. */
  @IsInt() risky!: number;
}

export class CaseGroups {
  @IsInt() total!: number;
  @IsInt() risky!: number;
  /** Largest first, at most 100; the rest is in `total`. */
  @ValidateNested({ each: true }) @Type(() => CaseGroup) groups!: CaseGroup[];
}

export const groupCases = request('review.case.groups', {
  permission: 'review.read',
  effect: 'read',
  request: CaseFilter,
  reply: CaseGroups,
});
