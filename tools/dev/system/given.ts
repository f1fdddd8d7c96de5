import type { Secrets } from './secrets';
import { natsUsers, type NatsPasswords } from '../provide/nats';

/** Servers that somebody else runs, from the environment. */
export interface Given {
  readonly databaseUrl?: string;
  readonly natsUrl?: string;
}

export const givenServers = (env: NodeJS.ProcessEnv = process.env): Given => ({
  databaseUrl: env['DATABASE_URL'] || undefined,
  natsUrl: env['NATS_URL'] || undefined,
});

/** A given server knows its users already: NATS_PASSWORD_GATEWAY, … as in deploy/nats/permissions.conf. */
export function natsPasswords(secrets: Secrets, given: Given, env: NodeJS.ProcessEnv = process.env): NatsPasswords {
  if (!given.natsUrl) return secrets.nats;
  const entries = natsUsers.map((user) => [user, env[`NATS_PASSWORD_${user.toUpperCase()}`] ?? secrets.nats[user]]);
  return Object.fromEntries(entries) as NatsPasswords;
}
