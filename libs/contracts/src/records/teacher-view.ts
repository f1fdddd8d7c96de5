import { IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { caseStages } from '../review/events';
import { recordStages } from './events';

/** A record's state as lists filter it: how far its content is, or where its open case stands (domain: collection and review). */
export const recordStatuses = [
  'not-started',
  'draft',
  'complete',
  'school-review',
  'school-returned',
  'school-approved',
  'authority-review',
  'authority-returned',
  'conflict',
  'effective',
  'left',
] as const;
export type RecordStatus = (typeof recordStatuses)[number];

/** One teacher as lists show him; numbers are masked. */
export class TeacherView {
  @IsUUID() id!: string;
  @IsString() name!: string;
  /** Code of table `sex`. */
  @IsString() sex!: string;
  @Matches(/^\d{4}-\d\d-\d\d$/) birthDate!: string;
  @IsString() documentType!: string;
  @IsString() documentMasked!: string;
  @IsString() personalCodeMasked!: string;
  /** False while the code is provisional (L…). */
  @IsBoolean() personalCodeFormal!: boolean;
  /** Code of the school. */
  @IsString() organisation!: string;
  @IsOptional() @IsString() organisationName?: string;
  @IsString() category!: string;
  @IsIn(recordStatuses) status!: RecordStatus;
  @IsIn(recordStages) stage!: string;
  @IsOptional() @IsIn(caseStages) caseStage?: string;
  @IsOptional() @IsUUID() caseId?: string;
  /** Since when the case stands where it stands: 已 n 天. */
  @IsOptional() @IsISO8601() caseSince?: string;
  @IsBoolean() inReview!: boolean;
  @IsInt() effectiveVersion!: number;
  @IsISO8601() registeredAt!: string;
  @IsISO8601() updatedAt!: string;
  @IsString() etag!: string;
}
