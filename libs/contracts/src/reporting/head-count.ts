import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Matches, Max, Min, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark, PageQuery } from '../page';
import { MeasuredOrganisation } from './fields';

/** 应采集人数 of one organisation: what a school declares and its authority confirms; sums above. */
export class HeadCountView {
  @Matches(organisationCodeForm) code!: string;
  /** Last declared by the school; absent when nothing has been declared (for an authority: by no school below). */
  @IsOptional() @IsInt() declared?: number;
  @IsOptional() @IsISO8601() declaredAt?: string;
  /** Last confirmed by the authority. */
  @IsOptional() @IsInt() confirmed?: number;
  @IsOptional() @IsISO8601() confirmedAt?: string;
  /** What rates are computed with: the confirmed one, before the first confirmation the declared one. */
  @IsOptional() @IsInt() inForce?: number;
  /** Version of a school's declaration, `0` before the first; an authority's sum has none. */
  @IsOptional() @IsString() etag?: string;
}

export class ReadHeadCount {
  @Matches(organisationCodeForm) code!: string;
}

/** A school says how many people it has to collect. Needs If-Match with the etag that was read. */
export class DeclareHeadCount {
  @Matches(organisationCodeForm) code!: string;
  @IsInt() @Min(0) @Max(20_000) declared!: number;
}

/** The authority right above confirms the number it saw; another one meanwhile is a conflict. */
export class ConfirmHeadCount {
  @Matches(organisationCodeForm) code!: string;
  @IsInt() @Min(0) @Max(20_000) declared!: number;
}

export const readHeadCount = request('reporting.head-count.read', {
  permission: 'progress.read',
  effect: 'read',
  request: ReadHeadCount,
  reply: HeadCountView,
});

export const declareHeadCount = request('reporting.head-count.declare', {
  permission: 'headcount.declare',
  effect: 'write',
  request: DeclareHeadCount,
  reply: HeadCountView,
});

export const confirmHeadCount = request('reporting.head-count.confirm', {
  permission: 'headcount.confirm',
  effect: 'write',
  request: ConfirmHeadCount,
  reply: HeadCountView,
});

/** missing: nothing declared; declared: waits to be confirmed, also when another number was declared since; confirmed. */
export const headCountStates = ['missing', 'declared', 'confirmed'] as const;
export type HeadCountState = (typeof headCountStates)[number];

/** The schools right below an authority, those waiting first; of the caller's own organisation if absent. */
export class ListHeadCounts extends PageQuery {
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(headCountStates) state?: HeadCountState;
}

export class SchoolHeadCount extends HeadCountView {
  @ValidateNested() @Type(() => MeasuredOrganisation) school!: MeasuredOrganisation;
  @IsIn(headCountStates) state!: HeadCountState;
}

export class HeadCountPage {
  @ValidateNested({ each: true }) @Type(() => SchoolHeadCount) items!: SchoolHeadCount[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listHeadCounts = request('reporting.head-count.list', {
  permission: 'progress.read',
  effect: 'read',
  request: ListHeadCounts,
  reply: HeadCountPage,
});
