import { spawn } from 'node:child_process';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { clusterNames } from './provide/nats';
import { postgresAdmin } from './provide/postgres';
import { accessTo } from './provide/roles';
import { givenServers, natsPasswords } from './system/given';
import { readState, type State } from './system/lock';
import { runOf } from './system/run-of';
import { isAlive } from './system/processes';
import { secretsOf } from './system/secrets';
import { serviceEnvironment } from './system/service-environment';
import { Missing, fromRoot } from './workspace';

const usage =
  'npm run service -- <service> <verb> [argument…]      for example: npm run service -- identity admin create';

const natsUrlOf = ({ ports }: State): string =>
  clusterNames.flatMap((name) => (ports[name] ? [`nats://127.0.0.1:${ports[name]}`] : [])).join(',');

/** Where the running system's servers are and who may enter them; servers that somebody else runs need no system of ours. */
export function runningServers(dir = fromRoot('.local')) {
  const state = readState(dir);
  const given = givenServers();
  const ours = state && isAlive(state.supervisor);
  if (!ours && !(given.databaseUrl && given.natsUrl))
    throw new Missing('Nothing is running here: npm start comes first.');
  const stored = secretsOf(dir);
  const secrets = { ...stored, nats: natsPasswords(stored, given) };
  const adminUrl =
    given.databaseUrl ??
    `postgresql://${postgresAdmin}:${secrets.postgresAdmin}@127.0.0.1:${state!.ports['postgres']}/postgres`;
  return { dir, secrets, adminUrl, natsUrl: given.natsUrl ?? natsUrlOf(state!) };
}

/** The environment the running system gave this service, without what is not a verb's: no health port, no supervisor. */
export async function environmentOf(service: ServiceName, home?: string): Promise<NodeJS.ProcessEnv> {
  const { dir, secrets, adminUrl, natsUrl } = runningServers(home);
  const environment = await serviceEnvironment(service, {
    dir,
    secrets,
    natsUrl,
    healthPort: 0,
    database: accessTo(adminUrl, service, secrets.databases[service], `shidang_${service}`),
    throwAway: readState(dir)?.throwAway,
  });
  return { ...environment, SHIDANG_SUPERVISED: '0' };
}

/** Runs one verb of a service (`node main.js <verb>`) beside the running system. */
export async function main([service, ...verb]: string[]): Promise<void> {
  try {
    if (!serviceNames.includes(service as ServiceName) || verb.length === 0) throw new Missing(usage);
    const env = await environmentOf(service as ServiceName);
    const child = spawn(process.execPath, [...runOf(service!), ...verb], { stdio: 'inherit', env });
    child.once('exit', (code) => (process.exitCode = code ?? 1));
  } catch (failure) {
    console.error(failure instanceof Missing ? failure.message : (failure as Error).stack);
    process.exitCode = 1;
  }
}
