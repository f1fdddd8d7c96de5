import { IsIn, IsInt, IsOptional, IsString, Matches } from 'class-validator';
import { tiers, type Tier } from '@shidang/access';
import { organisationCodeForm } from '../identity/fields';

/** Where one teacher's first collection stands, from records' and review's facts together (工作方案 五(四)). */
export const progressStatuses = [
  'not-started',
  'draft',
  'complete',
  'school-review',
  'school-returned',
  'school-approved',
  'authority-review',
  'authority-returned',
  'effective',
  'conflict',
  'left',
] as const;
export type ProgressStatus = (typeof progressStatuses)[number];

/** Who has to act next: every missing percent has an owner. */
export const turns = ['teacher', 'school', 'authority', 'returned', 'nobody'] as const;
export type Turn = (typeof turns)[number];

/** `YYYY-MM`, the month a report is about. */
export const monthForm = /^\d{4}-(0[1-9]|1[0-2])$/;
/** `YYYY-MM-DD`. */
export const dayForm = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Text for users: Chinese first, English second. */
export class ReportingWords {
  @IsString() zh!: string;
  @IsString() en!: string;
}

/** An organisation as figures are shown for it. */
export class MeasuredOrganisation {
  @Matches(organisationCodeForm) code!: string;
  @IsString() name!: string;
  @IsIn(tiers) tier!: Tier;
  @IsOptional() @IsString() category?: string;
}

/** Accounts of one role, issued and activated. */
export class AccountCount {
  @IsString() role!: string;
  @IsInt() issued!: number;
  @IsInt() activated!: number;
}

export class StatusCount {
  @IsIn(progressStatuses) status!: ProgressStatus;
  @IsInt() n!: number;
}

export class TurnCount {
  @IsIn(turns) turn!: Turn;
  @IsInt() n!: number;
}
