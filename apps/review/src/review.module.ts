import { Module } from '@nestjs/common';
import { CreateBatchHandler } from './batch/create-batch';
import { DueBatches } from './batch/due-batches';
import { ReadBatchHandler } from './batch/read-batch';
import { ReleaseBatchHandler } from './batch/release-batch';
import { UndoBatchHandler } from './batch/undo-batch';
import { DecideCaseHandler } from './case/decide-case';
import { ListCasesHandler } from './case/list-cases';
import { MarkConflict } from './case/mark-conflict';
import { OpenCase } from './case/open-case';
import { ReadCaseHandler } from './case/read-case';
import { ReadMarksHandler } from './case/read-marks';
import { TakeDecision } from './case/take-decision';
import { WithdrawCaseHandler } from './case/withdraw-case';
import { KeepOrganisations } from './organisation/keep-organisations';
import { KeepPosts } from './reviewer/keep-posts';
import { SchoolReviewers } from './reviewer/school-reviewers';
import { ReadReceiptHandler } from './submission/read-receipt';
import { SendUpwardHandler } from './submission/send-upward';

@Module({
  controllers: [
    OpenCase,
    ListCasesHandler,
    ReadCaseHandler,
    ReadMarksHandler,
    DecideCaseHandler,
    WithdrawCaseHandler,
    MarkConflict,
    SendUpwardHandler,
    ReadReceiptHandler,
    CreateBatchHandler,
    ReadBatchHandler,
    UndoBatchHandler,
    ReleaseBatchHandler,
    KeepOrganisations,
    KeepPosts,
  ],
  providers: [TakeDecision, SchoolReviewers, DueBatches, ReleaseBatchHandler],
})
export class ReviewModule {}
