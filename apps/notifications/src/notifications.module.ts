import { Module } from '@nestjs/common';
import { ListNoticesHandler } from './notice/list-notices';
import { ReadNoticesHandler } from './notice/read-notices';
import { TellCases } from './notice/tell-cases';
import { TellReports } from './notice/tell-reports';
import { KeepPosts } from './post/keep-posts';

@Module({ controllers: [KeepPosts, TellCases, TellReports, ListNoticesHandler, ReadNoticesHandler] })
export class NotificationsModule {}
