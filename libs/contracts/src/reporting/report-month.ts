import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsUUID, Matches, Min, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { FileChunk } from '../records/import-file';
import { dayForm, MeasuredOrganisation, monthForm } from './fields';
import { MonthlyReportSummary } from './monthly-report';

export class ReadReportMonth {
  @Matches(monthForm) month!: string;
}

/** An organisation that reports to the caller's; without a report it has not begun. */
export class ReportBelow {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  @IsOptional() @ValidateNested() @Type(() => MonthlyReportSummary) report?: MonthlyReportSummary;
  @Matches(dayForm) dueOn!: string;
  @IsBoolean() late!: boolean;
}

/** One month as an organisation looks at it: its own report, and whoever reports to it. */
export class ReportMonth {
  @Matches(monthForm) month!: string;
  /** Absent where nobody reports: schools, the centre. */
  @IsOptional() @Matches(dayForm) dueOn?: string;
  /** The own report is due and was not submitted in time, also when nobody has opened it. */
  @IsBoolean() late!: boolean;
  /** The own report can be opened. */
  @IsBoolean() mayOpen!: boolean;
  @IsOptional() @ValidateNested() @Type(() => MonthlyReportSummary) own?: MonthlyReportSummary;
  @ValidateNested({ each: true }) @Type(() => ReportBelow) below!: ReportBelow[];
}

export const readReportMonth = request('reporting.report-month.read', {
  permission: 'report.read',
  effect: 'read',
  request: ReadReportMonth,
  reply: ReportMonth,
});

/** The sheet as a workbook in the layout of 《部署与启用月报表》, in pieces of 512 kB. */
export class ExportMonthlyReport {
  @IsUUID() reportId!: string;
  /** The sheet that is shown if absent. */
  @IsOptional() @IsInt() @Min(1) number?: number;
  @IsOptional() @IsInt() @Min(0) offset?: number;
}

export const exportMonthlyReport = request('reporting.monthly-report.export', {
  permission: 'report.read',
  effect: 'read',
  lane: 'bulk',
  request: ExportMonthlyReport,
  reply: FileChunk,
});
