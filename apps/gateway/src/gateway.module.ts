import { CallerVerifier } from '@shidang/bus';
import { Module, type Type } from '@nestjs/common';
import { Admission } from './admission/admission';
import { Bodies } from './admission/bodies';
import { Doorstep } from './admission/doorstep';
import { LoopDelay } from './admission/loop-delay';
import { RateLimits } from './admission/rate-limits';
import { Refusals } from './admission/refusals';
import { AccountsController } from './accounts.controller';
import { AuditChainsController } from './audit-chains.controller';
import { AuditController } from './audit.controller';
import { ChangesController } from './changes.controller';
import { CorrectionsController } from './corrections.controller';
import { EventStreams } from './events/event-streams';
import { ReceiveFile } from './files/receive-file';
import { GatewayConfig } from './gateway.config';
import { ImportsController } from './imports.controller';
import { JobsController } from './jobs.controller';
import { MeController } from './me.controller';
import { MonthlyReportsController } from './monthly-reports.controller';
import { NoticesController } from './notices.controller';
import { OrganisationsController } from './organisations.controller';
import { ProgressController } from './progress.controller';
import { ReviewController } from './review.controller';
import { FirstLock } from './serve/first-lock';
import { Serve } from './serve/serve';
import { Watch } from './serve/watch';
import { OpenSessions } from './session/open-sessions';
import { Renewal } from './session/renewal';
import { SessionCookie } from './session/session-cookie';
import { Sessions } from './session/sessions';
import { SessionsController } from './sessions.controller';
import { StatisticsController } from './statistics.controller';
import { TeachersController } from './teachers.controller';
import { UrgingsController } from './urgings.controller';

/** Every route of the system, by area: tools/openapi describes exactly these. */
export const controllers: Type[] = [
  SessionsController,
  MeController,
  OrganisationsController,
  AccountsController,
  TeachersController,
  ChangesController,
  CorrectionsController,
  ImportsController,
  JobsController,
  ReviewController,
  ProgressController,
  MonthlyReportsController,
  StatisticsController,
  NoticesController,
  UrgingsController,
  AuditController,
  AuditChainsController,
];

@Module({
  controllers,
  providers: [
    Sessions,
    SessionCookie,
    Renewal,
    OpenSessions,
    Admission,
    RateLimits,
    Refusals,
    Bodies,
    Doorstep,
    LoopDelay,
    FirstLock,
    Serve,
    Watch,
    ReceiveFile,
    EventStreams,
    {
      provide: CallerVerifier,
      inject: [GatewayConfig],
      useFactory: (config: GatewayConfig) => CallerVerifier.from(config.IDENTITY_PUBLIC_KEY),
    },
  ],
})
export class GatewayModule {}
