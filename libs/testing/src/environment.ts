import { join } from 'node:path';
import type { AppName } from '@shidang/dev';
import { serviceEnvironment } from '@shidang/dev';
import type { SuiteDatabase } from './database';
import type { SuiteNats } from './nats';
import { currentRun } from './run';

/** The environment `npm start` would give this app, with the suite's own database and NATS. */
export function environmentFor(
  app: AppName,
  suite: { nats: SuiteNats; database?: SuiteDatabase },
): Promise<NodeJS.ProcessEnv> {
  const { dir, secrets } = currentRun();
  return serviceEnvironment(app, {
    dir,
    secrets,
    natsUrl: suite.nats.url,
    healthPort: 0,
    database: suite.database,
    // each suite has chains of its own
    headsDir: suite.database && join(dir, 'audit-heads', suite.database.name),
    throwAway: true,
  });
}

/** The key pair of this run: what identity signs callers with. */
export const identityKeys = (): { privateKey: string; publicKey: string } => currentRun().secrets.identity;
