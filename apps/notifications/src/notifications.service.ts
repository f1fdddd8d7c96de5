import { ServiceConfig, type Service } from '@shidang/service-host';
import { NotificationsModule } from './notifications.module';
import { schema } from './schema';

/** What runs as "notifications", in its own process and in tests. */
export const notificationsService: Service<ServiceConfig> = {
  name: 'notifications',
  module: NotificationsModule,
  config: ServiceConfig,
  schema,
};
