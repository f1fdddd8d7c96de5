import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { GuardedCommand } from '../guarded';
import { freePort, fromRoot, until } from '../workspace';
import { findNats } from './nats-binary';

/** Everyone who may connect; the names of deploy/nats/permissions.conf. */
export const natsUsers = [
  'gateway',
  'identity',
  'records',
  'review',
  'reporting',
  'notifications',
  'operator',
] as const;
export type NatsUser = (typeof natsUsers)[number];
export type NatsPasswords = Readonly<Record<NatsUser, string>>;

export interface NatsWish {
  /** Configuration and streams go to `<dir>/nats`, the log to `<dir>/logs`. */
  readonly dir: string;
  readonly passwords: NatsPasswords;
  readonly port?: number;
  readonly say?: (line: string) => void;
}

export interface PreparedNats {
  readonly url: string;
  readonly port: number;
  readonly monitorPort: number;
  readonly command: GuardedCommand;
}

/** The environment that fills the variables of deploy/nats/permissions.conf. */
export const passwordVariables = (passwords: NatsPasswords): Record<string, string> =>
  Object.fromEntries(natsUsers.map((user) => [`NATS_PASSWORD_${user.toUpperCase()}`, passwords[user]]));

/** nats-server reads `include` relative to the file that includes. */
function configuration(home: string, port: number, monitorPort: number): string {
  return [
    '# Written by tools/dev at every start; the rights are those of deploy/nats/permissions.conf.',
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${monitorPort}"`,
    'max_payload: 1MB',
    `jetstream { store_dir: "${join(home, 'jetstream')}", max_memory_store: 64MB, max_file_store: 4GB }`,
    `include "${relative(home, fromRoot('deploy/nats/permissions.conf'))}"`,
    '',
  ].join('\n');
}

/** Writes the configuration of a server that is ready to be started. */
export async function prepareNats(wish: NatsWish): Promise<PreparedNats> {
  const binary = await findNats(wish.say);
  const home = join(wish.dir, 'nats');
  mkdirSync(join(home, 'jetstream'), { recursive: true, mode: 0o700 });
  const port = await freePort(wish.port);
  const monitorPort = await freePort();
  const file = join(home, 'nats.conf');
  writeFileSync(file, configuration(home, port, monitorPort), { mode: 0o600 });
  return {
    port,
    monitorPort,
    url: `nats://127.0.0.1:${port}`,
    command: {
      name: 'nats',
      command: binary,
      args: ['-c', file],
      env: { PATH: process.env['PATH'], ...passwordVariables(wish.passwords) },
      log: join(wish.dir, 'logs/nats.log'),
      stopSignal: 'SIGTERM',
      graceSeconds: 10,
    },
  };
}

/** Waits until the server takes connections and JetStream has read its files. */
export function natsAnswers(monitorPort: number, seconds = 15): Promise<true> {
  return until('NATS', seconds, async () => {
    const health = await fetch(`http://127.0.0.1:${monitorPort}/healthz`, { signal: AbortSignal.timeout(1000) });
    return health.ok ? (true as const) : undefined;
  });
}
