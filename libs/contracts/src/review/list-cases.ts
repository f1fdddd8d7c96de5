import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark, PageQuery } from '../page';
import { submissionKinds, type SubmissionKind } from '../records/events';
import { CaseSummary } from './case-view';
import { caseStages, type CaseStage } from './events';

/** Oldest first, so that nobody waits longest. */
export class ListCases extends PageQuery {
  @IsOptional() @IsIn(caseStages) state?: CaseStage;
  /** `mine`: what waits for the caller's organisation and role. */
  @IsOptional() @IsIn(['mine']) turn?: 'mine';
  /** Cases of this organisation and those below. */
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(submissionKinds) kind?: SubmissionKind;
  @IsOptional() @IsUUID() teacherId?: string;
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
