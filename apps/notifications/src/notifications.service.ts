import type { Service } from '@shidang/service-host';
import { NotificationsConfig } from './notifications.config';
import { NotificationsModule } from './notifications.module';
import { schema } from './schema';
import { FollowUrgings, keepFollowing } from './urging/follow-urgings';

/** What runs as "notifications", in its own process and in tests. */
export const notificationsService: Service<NotificationsConfig> = {
  name: 'notifications',
  module: NotificationsModule,
  config: NotificationsConfig,
  schema,
  beside: (app) => Promise.resolve(keepFollowing(app.get(FollowUrgings))),
};
