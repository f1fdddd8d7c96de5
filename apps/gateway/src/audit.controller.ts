import {
  listIdentityAudit,
  listNotificationsAudit,
  listRecordsAudit,
  listReportingAudit,
  listReviewAudit,
} from '@shidang/contracts';
import { Controller, Get } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

/** Each service answers from its own trail; whoever shows them together merges by time. */
@Controller('audit-events')
export class AuditController {
  @Get('identity')
  @Serves(listIdentityAudit)
  identity(ask: Ask<typeof listIdentityAudit>) {
    return ask();
  }

  @Get('records')
  @Serves(listRecordsAudit)
  records(ask: Ask<typeof listRecordsAudit>) {
    return ask();
  }

  @Get('review')
  @Serves(listReviewAudit)
  review(ask: Ask<typeof listReviewAudit>) {
    return ask();
  }

  @Get('reporting')
  @Serves(listReportingAudit)
  reporting(ask: Ask<typeof listReportingAudit>) {
    return ask();
  }

  @Get('notifications')
  @Serves(listNotificationsAudit)
  notifications(ask: Ask<typeof listNotificationsAudit>) {
    return ask();
  }
}
