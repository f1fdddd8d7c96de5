import { IsUUID } from 'class-validator';
import { request } from '../contract';
import { CaseSummary } from './case-view';

export class WithdrawCase {
  @IsUUID() caseId!: string;
}

/** By who submitted it, until a reviewer has opened it. */
export const withdrawCase = request('review.case.withdraw', {
  permission: 'review.withdraw',
  effect: 'write',
  request: WithdrawCase,
  reply: CaseSummary,
});

export class WithdrawTeacherCase {
  @IsUUID() teacherId!: string;
}

/** The same for the teacher's submission under way. */
export const withdrawTeacherCase = request('review.teacher-case.withdraw', {
  permission: 'review.withdraw',
  effect: 'write',
  request: WithdrawTeacherCase,
  reply: CaseSummary,
});
