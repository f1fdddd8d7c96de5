import 'reflect-metadata';
import {
  Guarded,
  postgresAnswers,
  preparePostgres,
  secretsOf,
  takePreparedDatabases,
  placeForTests,
  throwAwayDirectory,
} from '@shidang/dev';
import { announceRun } from '../src/run';
import build from './build';
import { endOfRun } from './end-of-run';

/** Jest's global set-up: builds, gives the run one PostgreSQL. NATS is started per suite. */
export default async function start(): Promise<void> {
  build();
  const home = throwAwayDirectory('test', placeForTests());
  endOfRun.add(() => home.remove());
  takePreparedDatabases(home.dir);
  const secrets = secretsOf(home.dir);
  const prepared = await preparePostgres({ dir: home.dir, adminPassword: secrets.postgresAdmin, throwAway: true });
  const server = Guarded.start(prepared.command);
  endOfRun.add(() => server.stop());
  await postgresAnswers(prepared.adminUrl);
  announceRun({ dir: home.dir, adminUrl: prepared.adminUrl });
}
