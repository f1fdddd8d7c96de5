import {
  readIdentityChain,
  readNotificationsChain,
  readRecordsChain,
  readReportingChain,
  readReviewChain,
} from '@shidang/contracts';
import { Controller, Get } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

/** Each service answers for the seal on its own trail; one that is down leaves a gap and hides no other. */
@Controller('audit-chains')
export class AuditChainsController {
  @Get('identity')
  @Serves(readIdentityChain)
  identity(ask: Ask<typeof readIdentityChain>) {
    return ask();
  }

  @Get('records')
  @Serves(readRecordsChain)
  records(ask: Ask<typeof readRecordsChain>) {
    return ask();
  }

  @Get('review')
  @Serves(readReviewChain)
  review(ask: Ask<typeof readReviewChain>) {
    return ask();
  }

  @Get('reporting')
  @Serves(readReportingChain)
  reporting(ask: Ask<typeof readReportingChain>) {
    return ask();
  }

  @Get('notifications')
  @Serves(readNotificationsChain)
  notifications(ask: Ask<typeof readNotificationsChain>) {
    return ask();
  }
}
