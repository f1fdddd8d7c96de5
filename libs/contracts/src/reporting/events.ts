import { IsIn, IsInt, IsString, IsUUID, Matches } from 'class-validator';
import { event } from '../contract';
import { Fact } from '../fact';

export const reportStages = ['open', 'submitted', 'accepted', 'returned', 'rolled-up'] as const;
export type ReportStage = (typeof reportStages)[number];

/** A monthly report 月报表 changed hands (工作方案 六(三)); `orgPath` is the reporting organisation's. */
export class MonthlyReportMoved extends Fact {
  @IsUUID() reportId!: string;
  @IsString() orgCode!: string;
  @Matches(/^\d{4}-\d{2}$/) month!: string;
  @IsIn(reportStages) stage!: ReportStage;
  @IsInt() version!: number;
}

export const reportingEvents = { monthlyReportMoved: event('reporting.monthly-report-moved', MonthlyReportMoved) };
export const { monthlyReportMoved } = reportingEvents;
