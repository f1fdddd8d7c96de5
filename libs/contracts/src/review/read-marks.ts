import { Type } from 'class-transformer';
import { IsArray, IsIn, IsISO8601, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { MarkedValue, reviewSteps, type ReviewStepName } from './case-view';
import { caseStages, type CaseStage } from './events';

export class ReadMarks {
  @IsUUID() teacherId!: string;
}

/** What the filler has to mend, with the reviewer's words; empty when nothing is returned. */
export class TeacherMarks {
  @IsUUID() caseId!: string;
  @IsIn(caseStages) stage!: CaseStage;
  @IsOptional() @IsIn(reviewSteps) returnedBy?: ReviewStepName;
  @IsOptional() @IsISO8601() returnedAt?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => MarkedValue) marks!: MarkedValue[];
}

/** 404 when no submission of this teacher is in the caller's scope. */
export const readMarks = request('review.case.marks', {
  permission: 'review.read',
  effect: 'read',
  request: ReadMarks,
  reply: TeacherMarks,
});
