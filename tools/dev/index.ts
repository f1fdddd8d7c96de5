export { Guarded, type Ended, type GuardedCommand } from './guarded';
export { Missing, fromRoot, until, workspaceRoot } from './workspace';
export { freePort, releasePort } from './provide/ports';
export {
  natsAnswers,
  natsUsers,
  prepareNats,
  prepareNatsCluster,
  type NatsUser,
  type PreparedNats,
} from './provide/nats';
export { postgresAnswers, preparePostgres, type PreparedPostgres } from './provide/postgres';
export { prepareBrowser } from './provide/browser';
export { makeCertificates } from './provide/certificates';
export { findNats } from './provide/nats-binary';
export { findPostgres, type PostgresBinaries } from './provide/postgres-binaries';
export { ownDirectory, placeFor, unprivileged } from './provide/unprivileged';
export { restoreCommand, systemIdentifier, walOf, type WalArchive } from './provide/wal-archive';
export { accessTo, asAdmin, ensureDatabase, inDatabase, type DatabaseAccess } from './provide/roles';
export { placeForTests } from './provide/throw-away-base';
export { throwAwayDirectory, type ThrowAway } from './provide/throw-away';
export { inventSecrets, keyFileInto, keyFileOf, secretsOf, type Secrets } from './system/secrets';
export { migrate, migrateOnce } from './system/migrate';
export { runOf } from './system/run-of';
export { takePreparedDatabases } from './system/prepared-databases';
export { serviceEnvironment, type AppName, type ServicePlace } from './system/service-environment';
export { rebuildHere } from './rebuild-read-model';
export { readState, type State } from './system/lock';
export { isAlive } from './system/processes';
export { linesOf, namedRuns } from './named-runs';
export { environmentOf, runningServers } from './run-verb';
export { type Scale } from './system/demo';
export { startSystem, type RunningSystem } from './system/start-system';
export { type SystemWish } from './system/system-wish';
export { readModelOf, rebuildService, type RebuildPlace } from './rebuild-service';
