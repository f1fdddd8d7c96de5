import { Type } from 'class-transformer';
import {
  IsBoolean,
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
  dayForm,
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

/** What a ranking may be ordered by: rates of the head count, shares by whose turn it is, the last movement. */
const rankKeys = [
  'code',
  'headCount',
  'registered',
  'entered',
  'complete',
  'schoolReviewed',
  'submitted',
  'effective',
  'teacher',
  'school',
  'authority',
  'returned',
  'moved',
] as const;
export type RankKey = (typeof rankKeys)[number];
export type RankSort = RankKey | `-${RankKey}`;
export const rankSorts: readonly RankSort[] = rankKeys.flatMap((key) => [key, `-${key}`] as const);

/** not-started: nobody has begun · idle: no movement for `idleDays` · overdue: due day over, not all submitted · done. */
export const progressPresets = ['not-started', 'idle', 'overdue', 'done', 'undeclared', 'unconfirmed'] as const;
export type ProgressPreset = (typeof progressPresets)[number];

export class ListProgressChildren extends PageQuery {
  @Matches(organisationCodeForm) code!: string;
  /** The organisations directly below, or every school below. */
  @IsOptional() @IsIn(['children', 'schools']) level?: 'children' | 'schools';
  @IsOptional() @IsIn(rankSorts) sort?: RankSort;
  @IsOptional() @IsIn(progressPresets) preset?: ProgressPreset;
  /** Of the preset `idle`; 7 if absent. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(3_650) idleDays?: number;
}

export class RankedProgress extends OrganisationProgress {
  /** The last movement of any record there; absent where nothing is on file, and above counties. */
  @IsOptional() @IsISO8601() movedAt?: string;
  @IsOptional() @Matches(dayForm) dueOn?: string;
  /** The due day is over and not everybody has been submitted. */
  @IsBoolean() overdue!: boolean;
}

export class ProgressPage {
  @ValidateNested({ each: true }) @Type(() => RankedProgress) items!: RankedProgress[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** The organisations below in the order asked for, by code if none; up to 200 on a page. */
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

/** The name is records', asked for one page of ids in the reader's own scope; absent while records does not answer. */
export class ProgressTeacher {
  @IsUUID() teacherId!: string;
  @IsOptional() @IsString() name?: string;
  @Matches(organisationCodeForm) schoolCode!: string;
  @IsString() schoolName!: string;
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
