import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { progressStatuses, turns, type Turn } from './fields';
import type { ProgressFigures } from './progress';

/** The statuses, and the declared who are not on file yet. */
export const countedKeys = [...progressStatuses, 'unregistered'] as const;
export type CountedKey = (typeof countedKeys)[number];

const figureKeys = [
  'registered',
  'entered',
  'complete',
  'schoolReviewed',
  'submitted',
  'authorityReviewed',
  'returned',
  'effective',
  'conflict',
  'left',
  'unregistered',
] as const satisfies readonly (keyof ProgressFigures)[];

/** What a column counts, whose turn it is there, and which figures it is part of: they are sums of columns. */
export class CountedColumn {
  @IsIn(countedKeys) key!: CountedKey;
  @IsIn(turns) turn!: Turn;
  @IsIn(figureKeys, { each: true }) figures!: (keyof ProgressFigures)[];
}

export class CountedOrganisation {
  @Matches(organisationCodeForm) code!: string;
  @IsString() name!: string;
  /** 应采集人数 in force; absent when no school below has declared any. */
  @IsOptional() @IsInt() headCount?: number;
  /** How many teachers, one number for each column. */
  @IsInt({ each: true }) counts!: number[];
  /** The due day is over and not everybody has been submitted. */
  @IsBoolean() overdue!: boolean;
}

export class ProgressCounts {
  @ValidateNested({ each: true }) @Type(() => CountedColumn) columns!: CountedColumn[];
  @ValidateNested({ each: true }) @Type(() => CountedOrganisation) items!: CountedOrganisation[];
}

export class ListProgressCounts {
  @Matches(organisationCodeForm) code!: string;
  /** The organisations directly below (if absent), or every school below. */
  @IsOptional() @IsIn(['children', 'schools']) level?: 'children' | 'schools';
}

/** Organisations × status in one answer without pages, by code: everybody below, up to 5,000. */
export const listProgressCounts = request('reporting.progress.list-counts', {
  permission: 'progress.read',
  effect: 'read',
  request: ListProgressCounts,
  reply: ProgressCounts,
  readyMade: true,
});
