import { join } from 'node:path';
import type { ServiceName } from '@shidang/contracts';
import type { DatabaseAccess } from '../provide/roles';
import { keyFileOf, type Secrets } from './secrets';

export type AppName = ServiceName | 'gateway';

export interface ServicePlace {
  /** Where secrets and key files of this system lie. */
  readonly dir: string;
  readonly secrets: Secrets;
  readonly natsUrl: string;
  readonly healthPort: number;
  /** Undefined for the gateway. */
  readonly database?: DatabaseAccess;
  /** Where heads of audit chains are appended; `audit-heads` in `dir` unless given. */
  readonly headsDir?: string;
  /** The databases may lose data on purpose (tests): the host's start-up check is told so. */
  readonly throwAway?: boolean;
}

const inherited = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'NODE_OPTIONS',
  'LOG_LEVEL',
  'NODE_EXTRA_CA_CERTS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_TRACES_SAMPLER_ARG',
] as const;

function fromHere(): NodeJS.ProcessEnv {
  return Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

const ofDatabase = (app: AppName, place: ServicePlace, keyFile: string): NodeJS.ProcessEnv => ({
  KEY_FILE: keyFile,
  AUDIT_HEADS_FILE: join(place.headsDir ?? join(place.dir, 'audit-heads'), `${app}.jsonl`),
});

/** Everything one app is started with: nothing else of our own environment reaches it. */
export async function serviceEnvironment(app: AppName, place: ServicePlace): Promise<NodeJS.ProcessEnv> {
  const { secrets } = place;
  return {
    ...fromHere(),
    SHIDANG_SUPERVISED: '1',
    // as deploy/images/Dockerfile says
    MALLOC_ARENA_MAX: '2',
    PORT_HEALTH: String(place.healthPort),
    NATS_URL: place.natsUrl,
    NATS_USER: app,
    NATS_PASSWORD: secrets.nats[app],
    IDENTITY_PUBLIC_KEY: secrets.identity.publicKey,
    ...(app === 'identity' ? { IDENTITY_PRIVATE_KEY: secrets.identity.privateKey } : {}),
    ...(app === 'gateway'
      ? { COOKIE_SECRET: secrets.cookie }
      : ofDatabase(app, place, await keyFileOf(place.dir, app))),
    ...(place.database ? { DATABASE_URL: place.database.appUrl } : {}),
    ...(place.throwAway ? { SHIDANG_THROW_AWAY_DATABASE: '1' } : {}),
  };
}
