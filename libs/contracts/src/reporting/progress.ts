import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark, PageQuery } from '../page';
import {
  AccountCount,
  MeasuredOrganisation,
  progressStatuses,
  StatusCount,
  TurnCount,
  turns,
  type ProgressStatus,
  type Turn,
} from './fields';

/** n / declared head count, 0–1 (more when more are on file than declared); absent when nothing is declared. */
export class ProgressRates {
  @IsOptional() @IsNumber() registered?: number;
  @IsOptional() @IsNumber() activated?: number;
  @IsOptional() @IsNumber() entered?: number;
  @IsOptional() @IsNumber() complete?: number;
  @IsOptional() @IsNumber() schoolReviewed?: number;
  @IsOptional() @IsNumber() submitted?: number;
  @IsOptional() @IsNumber() effective?: number;
}

/** Cumulative counts: who got at least that far and was not sent back. */
export class ProgressFigures {
  @IsInt() registered!: number;
  @IsInt() entered!: number;
  @IsInt() complete!: number;
  @IsInt() schoolReviewed!: number;
  @IsInt() submitted!: number;
  @IsInt() authorityReviewed!: number;
  @IsInt() returned!: number;
  @IsInt() effective!: number;
  @IsInt() conflict!: number;
  @IsInt() left!: number;
  /** Declared but not on file yet. */
  @IsInt() unregistered!: number;
}

/** How far the collection is in one organisation and everything below it (工作方案 五(四)). */
export class OrganisationProgress {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  /** 应采集人数 in force; absent when no school below has declared any. */
  @IsOptional() @IsInt() headCount?: number;
  @IsInt() schools!: number;
  /** Schools that have declared; those missing make the rates look better than they are. */
  @IsInt() schoolsDeclared!: number;
  @IsInt() schoolsConfirmed!: number;
  @ValidateNested({ each: true }) @Type(() => AccountCount) accounts!: AccountCount[];
  @ValidateNested({ each: true }) @Type(() => StatusCount) statuses!: StatusCount[];
  @ValidateNested() @Type(() => ProgressFigures) figures!: ProgressFigures;
  /** Whose turn it is; the declared but unregistered are the school's. */
  @ValidateNested({ each: true }) @Type(() => TurnCount) turns!: TurnCount[];
  @ValidateNested() @Type(() => ProgressRates) rates!: ProgressRates;
}

export class ReadProgress {
  @Matches(organisationCodeForm) code!: string;
}

export const readProgress = request('reporting.progress.read', {
  permission: 'progress.read',
  effect: 'read',
  request: ReadProgress,
  reply: OrganisationProgress,
});

export class ListProgressChildren extends PageQuery {
  @Matches(organisationCodeForm) code!: string;
}

export class ProgressPage {
  @ValidateNested({ each: true }) @Type(() => OrganisationProgress) items!: OrganisationProgress[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** The organisations directly below, by code; up to 200 on a page. */
export const listProgressChildren = request('reporting.progress.list-children', {
  permission: 'progress.read',
  effect: 'read',
  request: ListProgressChildren,
  reply: ProgressPage,
});

/** Who is behind a figure: by status, by whose turn, or without progress for some days. */
export class ListProgressTeachers extends PageQuery {
  @Matches(organisationCodeForm) code!: string;
  @IsOptional() @IsIn(progressStatuses) status?: ProgressStatus;
  @IsOptional() @IsIn(turns) turn?: Turn;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(3_650) idleDays?: number;
}

/** No name: the reader asks `records.teacher.labels` for a page of ids in his own scope. */
export class ProgressTeacher {
  @IsUUID() teacherId!: string;
  @Matches(organisationCodeForm) schoolCode!: string;
  @IsString() category!: string;
  @IsIn(progressStatuses) status!: ProgressStatus;
  @IsIn(turns) turn!: Turn;
  @IsISO8601() movedAt!: string;
}

export class ProgressTeacherPage {
  @ValidateNested({ each: true }) @Type(() => ProgressTeacher) items!: ProgressTeacher[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listProgressTeachers = request('reporting.progress.list-teachers', {
  permission: 'teacher.read',
  effect: 'read',
  request: ListProgressTeachers,
  reply: ProgressTeacherPage,
});
