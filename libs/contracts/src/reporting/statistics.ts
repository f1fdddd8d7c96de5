import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { Nothing } from '../page';
import { MeasuredOrganisation, ReportingWords } from './fields';

/** A coded indicator that tables can be built by. */
export class StatisticsIndicator {
  @IsString() key!: string;
  @ValidateNested() @Type(() => ReportingWords) label!: ReportingWords;
  /** What is counted and how, printed on every table. */
  @ValidateNested() @Type(() => ReportingWords) definition!: ReportingWords;
}

export class StatisticsIndicators {
  @ValidateNested({ each: true }) @Type(() => StatisticsIndicator) items!: StatisticsIndicator[];
}

export class ReadStatistics {
  @Matches(organisationCodeForm) organisation!: string;
  /** Key of an indicator, as `GET /statistics/indicators` lists them: `category`, `ageBand`, `basic.sex`, `teaching.stage` … */
  @Matches(/^[a-zA-Z]{2,40}(\.[a-zA-Z]{2,60})?$/) by!: string;
}

export class StatisticsColumn {
  /** A code, or empty for records without a value. */
  @IsString() code!: string;
  @IsString() name!: string;
}

/** A number as it may be shown: `n`, or why it is not. */
export class StatisticsCell {
  @IsOptional() @IsInt() n?: number;
  /** `<5`: below five outside the own school; `*`: hidden so that the others cannot be computed from the totals. */
  @IsOptional() @IsString() hidden?: string;
}

export class StatisticsRow {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  @ValidateNested({ each: true }) @Type(() => StatisticsCell) cells!: StatisticsCell[];
  @ValidateNested() @Type(() => StatisticsCell) total!: StatisticsCell;
}

/** Organisations directly below × one coded indicator, over effective records (工作方案 五(六)). */
export class StatisticsTable {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  @ValidateNested() @Type(() => StatisticsIndicator) indicator!: StatisticsIndicator;
  @IsISO8601() asOf!: string;
  @ValidateNested({ each: true }) @Type(() => StatisticsColumn) columns!: StatisticsColumn[];
  @ValidateNested({ each: true }) @Type(() => StatisticsRow) rows!: StatisticsRow[];
  @ValidateNested({ each: true }) @Type(() => StatisticsCell) totals!: StatisticsCell[];
  @ValidateNested() @Type(() => StatisticsCell) total!: StatisticsCell;
}

/** The same table as a file: UTF-8 with byte order mark, formulas made harmless. */
export class StatisticsFile {
  @IsString() fileName!: string;
  @IsString() contentType!: string;
  @IsString() content!: string;
}

export const listStatisticsIndicators = request('reporting.statistics.list-indicators', {
  permission: 'statistics.read',
  effect: 'read',
  request: Nothing,
  reply: StatisticsIndicators,
});

export const readStatistics = request('reporting.statistics.read', {
  permission: 'statistics.read',
  effect: 'read',
  lane: 'bulk',
  request: ReadStatistics,
  reply: StatisticsTable,
});

export const exportStatistics = request('reporting.statistics.export', {
  permission: 'statistics.read',
  effect: 'read',
  lane: 'bulk',
  request: ReadStatistics,
  reply: StatisticsFile,
});
