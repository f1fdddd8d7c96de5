import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark, PageQuery } from '../page';
import { reportStages, type ReportStage } from './events';
import { dayForm, MeasuredOrganisation, monthForm, progressStatuses, type ProgressStatus } from './fields';
import { ReportGroup, type CellValue } from './report-cell';

/** One sheet that was summed into a roll-up, by its number. */
export class RolledSheet {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  @IsUUID() reportId!: string;
  @IsInt() number!: number;
  /** Its column in the roll-up, by cell. */
  @IsOptional() @IsObject() figures?: Record<string, CellValue>;
}

/** An organisation below whose accepted sheet was not there on the day. */
export class MissingSheet {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  /** Absent: not even opened. */
  @IsOptional() @IsIn(reportStages) stage?: ReportStage;
  @IsOptional() @IsUUID() reportId?: string;
}

/** One frozen sheet: number 1 is the report, later ones restate it; none is ever overwritten. */
export class SheetMark {
  @IsInt() number!: number;
  @IsISO8601() frozenAt!: string;
  @IsOptional() @IsISO8601() acceptedAt?: string;
  @IsOptional() @IsISO8601() returnedAt?: string;
  /** Words of the authority that returned it. */
  @IsOptional() @IsString() returnReason?: string;
  /** Why it restates the one before. */
  @IsOptional() @IsString() restatementReason?: string;
}

export const reportVerbs = ['fill', 'submit', 'accept', 'return', 'restate'] as const;
export type ReportVerb = (typeof reportVerbs)[number];

export class MonthlyReportSummary {
  @IsUUID() id!: string;
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  @Matches(monthForm) month!: string;
  @IsIn(reportStages) stage!: ReportStage;
  /** Number of the last frozen sheet; 0 before the first submission. */
  @IsInt() number!: number;
  @Matches(dayForm) dueOn!: string;
  /** Submitted after the due day, or not submitted and the day is over. */
  @IsBoolean() late!: boolean;
  @IsOptional() @IsISO8601() submittedAt?: string;
  /** What the caller can do with it now. */
  @IsIn(reportVerbs, { each: true }) may!: ReportVerb[];
  @IsString() etag!: string;
}

/** 部署与启用月报表 of one organisation and month. While open the figures are live; from submission on they are frozen. */
export class MonthlyReportView extends MonthlyReportSummary {
  /** Which sheet is shown; 0 is the live one. */
  @IsInt() shown!: number;
  @IsISO8601() asOf!: string;
  @ValidateNested({ each: true }) @Type(() => ReportGroup) groups!: ReportGroup[];
  @ValidateNested({ each: true }) @Type(() => RolledSheet) rolledUp!: RolledSheet[];
  @ValidateNested({ each: true }) @Type(() => MissingSheet) missing!: MissingSheet[];
  @ValidateNested({ each: true }) @Type(() => SheetMark) sheets!: SheetMark[];
}

export class OpenMonthlyReport {
  @Matches(monthForm) month!: string;
}

export class ListMonthlyReports extends PageQuery {
  @IsOptional() @Matches(monthForm) month?: string;
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
  @IsOptional() @IsIn(reportStages) stage?: ReportStage;
}

export class MonthlyReportPage {
  @ValidateNested({ each: true }) @Type(() => MonthlyReportSummary) items!: MonthlyReportSummary[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export class ReadMonthlyReport {
  @IsUUID() reportId!: string;
  /** An earlier sheet as it was frozen. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) number?: number;
}

/** Typed cells only; the others are the register's. Needs If-Match. */
export class UpdateMonthlyReport {
  @IsUUID() reportId!: string;
  @IsObject() cells!: Record<string, CellValue>;
}

/** Freezes the figures and the records behind them. Needs If-Match. */
export class SubmitMonthlyReport {
  @IsUUID() reportId!: string;
}

/** By the authority right above. Needs If-Match. */
export class ReturnMonthlyReport {
  @IsUUID() reportId!: string;
  @IsString() @Length(2, 500) reason!: string;
}

/** By the authority right above. Needs If-Match. */
export class AcceptMonthlyReport {
  @IsUUID() reportId!: string;
}

/** Opens an accepted report again; what is submitted then is the next numbered sheet. Needs If-Match. */
export class RestateMonthlyReport {
  @IsUUID() reportId!: string;
  @IsString() @Length(2, 500) reason!: string;
}

export class ListCellRecords extends PageQuery {
  @IsUUID() reportId!: string;
  @Matches(/^[a-zA-Z]{2,40}$/) key!: string;
  /** The sheet that is shown if absent: the live one while it is open. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) number?: number;
}

/** One record behind a figure: as it was when the sheet was frozen, of an open sheet as it is now. */
export class CellRecord {
  @IsUUID() teacherId!: string;
  /** Absent when records does not show him to the caller any more. */
  @IsOptional() @IsString() name?: string;
  @Matches(organisationCodeForm) schoolCode!: string;
  @IsOptional() @IsString() schoolName?: string;
  @IsIn(progressStatuses) status!: ProgressStatus;
  @IsInt() recordVersion!: number;
  @IsInt() effectiveVersion!: number;
}

export class CellRecordPage {
  @ValidateNested({ each: true }) @Type(() => CellRecord) items!: CellRecord[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const openMonthlyReport = request('reporting.monthly-report.open', {
  permission: 'report.write',
  effect: 'write',
  request: OpenMonthlyReport,
  reply: MonthlyReportView,
});

export const listMonthlyReports = request('reporting.monthly-report.list', {
  permission: 'report.read',
  effect: 'read',
  request: ListMonthlyReports,
  reply: MonthlyReportPage,
});

export const readMonthlyReport = request('reporting.monthly-report.read', {
  permission: 'report.read',
  effect: 'read',
  request: ReadMonthlyReport,
  reply: MonthlyReportView,
});

export const updateMonthlyReport = request('reporting.monthly-report.update', {
  permission: 'report.write',
  effect: 'write',
  request: UpdateMonthlyReport,
  reply: MonthlyReportView,
});

export const submitMonthlyReport = request('reporting.monthly-report.submit', {
  permission: 'report.write',
  effect: 'write',
  request: SubmitMonthlyReport,
  reply: MonthlyReportView,
});

export const returnMonthlyReport = request('reporting.monthly-report.return', {
  permission: 'report.accept',
  effect: 'write',
  request: ReturnMonthlyReport,
  reply: MonthlyReportView,
});

export const acceptMonthlyReport = request('reporting.monthly-report.accept', {
  permission: 'report.accept',
  effect: 'write',
  request: AcceptMonthlyReport,
  reply: MonthlyReportView,
});

export const restateMonthlyReport = request('reporting.monthly-report.restate', {
  permission: 'report.write',
  effect: 'write',
  request: RestateMonthlyReport,
  reply: MonthlyReportView,
});

export const listCellRecords = request('reporting.monthly-report.list-cell-records', {
  permission: 'report.read',
  effect: 'read',
  request: ListCellRecords,
  reply: CellRecordPage,
});
