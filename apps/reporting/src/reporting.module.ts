import { Module } from '@nestjs/common';
import { CountAccounts } from './account/count-accounts';
import { ListBacklogHandler } from './backlog/list-backlog';
import { MeasureBacklogHandler } from './backlog/measure-backlog';
import { ReadCampaignHandler } from './campaign/read-campaign';
import { SetCampaignHandler } from './campaign/set-campaign';
import { ConfirmHeadCountHandler } from './head-count/confirm-head-count';
import { DeclareHeadCountHandler } from './head-count/declare-head-count';
import { ListHeadCountsHandler } from './head-count/list-head-counts';
import { ReadHeadCountHandler } from './head-count/read-head-count';
import { RollHeadCounts } from './head-count/roll-head-counts';
import { AcceptMonthlyReportHandler } from './monthly-report/accept-monthly-report';
import { ExportMonthlyReportHandler } from './monthly-report/export-monthly-report';
import { ListCellRecordsHandler } from './monthly-report/list-cell-records';
import { ListMonthlyReportsHandler } from './monthly-report/list-monthly-reports';
import { OpenMonthlyReportHandler } from './monthly-report/open-monthly-report';
import { ReadMonthlyReportHandler } from './monthly-report/read-monthly-report';
import { ReadReportMonthHandler } from './monthly-report/read-report-month';
import { RestateMonthlyReportHandler } from './monthly-report/restate-monthly-report';
import { ReturnMonthlyReportHandler } from './monthly-report/return-monthly-report';
import { SubmitMonthlyReportHandler } from './monthly-report/submit-monthly-report';
import { UpdateMonthlyReportHandler } from './monthly-report/update-monthly-report';
import { KeepOrganisations } from './organisation/keep-organisations';
import { ListProgressChildrenHandler } from './progress/list-progress-children';
import { ListProgressCountsHandler } from './progress/list-progress-counts';
import { ListProgressTeachersHandler } from './progress/list-progress-teachers';
import { ReadProgressHandler } from './progress/read-progress';
import { Recount } from './rollup/recount';
import { ExportStatisticsHandler } from './statistics/export-statistics';
import { ListIndicatorsHandler } from './statistics/list-indicators';
import { ReadStatisticsHandler } from './statistics/read-statistics';
import { FollowCases } from './teacher/follow-cases';
import { FollowRecords } from './teacher/follow-records';

@Module({
  controllers: [
    KeepOrganisations,
    CountAccounts,
    FollowRecords,
    FollowCases,
    ReadHeadCountHandler,
    DeclareHeadCountHandler,
    ConfirmHeadCountHandler,
    ListHeadCountsHandler,
    ReadProgressHandler,
    ListProgressChildrenHandler,
    ListProgressCountsHandler,
    ListProgressTeachersHandler,
    ListBacklogHandler,
    MeasureBacklogHandler,
    ReadCampaignHandler,
    SetCampaignHandler,
    OpenMonthlyReportHandler,
    ListMonthlyReportsHandler,
    ReadMonthlyReportHandler,
    UpdateMonthlyReportHandler,
    SubmitMonthlyReportHandler,
    AcceptMonthlyReportHandler,
    ReturnMonthlyReportHandler,
    RestateMonthlyReportHandler,
    ListCellRecordsHandler,
    ReadReportMonthHandler,
    ExportMonthlyReportHandler,
    ListIndicatorsHandler,
    ReadStatisticsHandler,
    ExportStatisticsHandler,
  ],
  providers: [RollHeadCounts, Recount],
})
export class ReportingModule {}
