import { Module } from '@nestjs/common';
import { ListNoticesHandler } from './notice/list-notices';
import { ReadNoticesHandler } from './notice/read-notices';
import { TellCases } from './notice/tell-cases';
import { TellCorrections } from './notice/tell-corrections';
import { TellReports } from './notice/tell-reports';
import { KeepPosts } from './post/keep-posts';
import { AnswerUrgingHandler } from './urging/answer-urging';
import { ClimbUrgings } from './urging/climb-urgings';
import { Clock } from './urging/clock';
import { FollowUrgings } from './urging/follow-urgings';
import { ListUrgingReceiptsHandler } from './urging/list-receipts';
import { ListUrgingsHandler } from './urging/list-urgings';
import { PreviewUrgingHandler } from './urging/preview-urging';
import { ReadUrgingHandler } from './urging/read-urging';
import { SendUrgingHandler } from './urging/send-urging';
import { PlanUrging } from './urging/urging-plan';

@Module({
  controllers: [
    KeepPosts,
    TellCases,
    TellCorrections,
    TellReports,
    ListNoticesHandler,
    ReadNoticesHandler,
    PreviewUrgingHandler,
    SendUrgingHandler,
    ListUrgingsHandler,
    ReadUrgingHandler,
    ListUrgingReceiptsHandler,
    AnswerUrgingHandler,
  ],
  providers: [Clock, PlanUrging, ClimbUrgings, FollowUrgings],
})
export class NotificationsModule {}
