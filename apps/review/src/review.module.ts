import { Module } from '@nestjs/common';
import { BatchGauges } from './batch/batch-gauges';
import { BatchBell } from './batch/batch-bell';
import { BatchWorker } from './batch/batch-worker';
import { CreateBatchHandler } from './batch/create-batch';
import { GoThrough } from './batch/go-through';
import { ListItemsHandler } from './batch/list-items';
import { ReadBatchHandler } from './batch/read-batch';
import { ReleaseBatchHandler } from './batch/release-batch';
import { UndoBatchHandler } from './batch/undo-batch';
import { DecideCaseHandler } from './case/decide-case';
import { GroupCasesHandler } from './case/group-cases';
import { ListCasesHandler } from './case/list-cases';
import { MarkConflict } from './case/mark-conflict';
import { Names } from './case/names';
import { OpenCase } from './case/open-case';
import { ReadCaseHandler } from './case/read-case';
import { ReadMarksHandler } from './case/read-marks';
import { TakeDecision } from './case/take-decision';
import { WithdrawCaseHandler } from './case/withdraw-case';
import { ReadJobHandler } from './job/read-job';
import { KeepOrganisations } from './organisation/keep-organisations';
import { KeepPosts } from './reviewer/keep-posts';
import { SchoolReviewers } from './reviewer/school-reviewers';
import { SelectCasesHandler } from './selection/select-cases';
import { ReadReceiptHandler } from './submission/read-receipt';
import { SendUpwardHandler } from './submission/send-upward';

@Module({
  controllers: [
    OpenCase,
    ListCasesHandler,
    GroupCasesHandler,
    ReadCaseHandler,
    ReadMarksHandler,
    DecideCaseHandler,
    WithdrawCaseHandler,
    MarkConflict,
    SendUpwardHandler,
    ReadReceiptHandler,
    SelectCasesHandler,
    CreateBatchHandler,
    ListItemsHandler,
    ReadJobHandler,
    ReadBatchHandler,
    UndoBatchHandler,
    ReleaseBatchHandler,
    KeepOrganisations,
    KeepPosts,
  ],
  providers: [TakeDecision, SchoolReviewers, Names, GoThrough, BatchBell, BatchGauges, BatchWorker],
})
export class ReviewModule {}
