import { listNotices, readAllNotices, readNotice } from '@shidang/contracts';
import { Controller, Get, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller('notices')
export class NoticesController {
  @Get()
  @Serves(listNotices)
  list(ask: Ask<typeof listNotices>) {
    return ask();
  }

  @Post(':noticeId/read')
  @Serves(readNotice)
  markRead(ask: Ask<typeof readNotice>) {
    return ask();
  }

  @Post('read')
  @Serves(readAllNotices)
  markAllRead(ask: Ask<typeof readAllNotices>) {
    return ask();
  }
}
