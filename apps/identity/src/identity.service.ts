import type { Service } from '@shidang/service-host';
import { ExpiredPosts } from './account/expired-posts';
import { administration } from './administration/create-administrator';
import { userCare } from './administration/look-after-user';
import { IdentityConfig } from './identity.config';
import { IdentityModule } from './identity.module';
import { schema } from './schema';

/** What `main.ts` runs and the tests start. */
export const identity: Service<IdentityConfig> = {
  name: 'identity',
  module: IdentityModule,
  config: IdentityConfig,
  schema,
  beside: async (app) => app.get(ExpiredPosts, { strict: false }).start(),
  verbs: { admin: administration, user: userCare },
};
