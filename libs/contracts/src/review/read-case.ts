import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { SubmissionView } from '../records/read-submission';
import { CaseDecisionView, CaseSummary } from './case-view';

export class ReadCase {
  @IsUUID() caseId!: string;
  /** Fetched before it is shown: the case is neither opened nor claimed. Whoever shows it reads it again without. */
  @IsOptional() @IsBoolean() ahead?: boolean;
}

/** The case with what was decided so far and, from records, what was submitted: masked, beside the effective values. */
export class CaseView extends CaseSummary {
  @IsArray() @ValidateNested({ each: true }) @Type(() => CaseDecisionView) decisions!: CaseDecisionView[];
  /** Of the submission this one mends: what was asked for last time. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => CaseDecisionView) earlier!: CaseDecisionView[];
  @ValidateNested() @Type(() => SubmissionView) submission!: SubmissionView;
}

/** Reading by whoever's turn it is marks the case as opened: the filler cannot withdraw it any more. */
export const readCase = request('review.case.read', {
  permission: 'review.read',
  effect: 'read',
  request: ReadCase,
  reply: CaseView,
});
