import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { GuardedCommand } from '../guarded';
import { fromRoot, until } from '../workspace';
import { findNats } from './nats-binary';
import { freePort } from './ports';

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
  /** Configuration and streams go to `<dir>/nats` (`nats-2`, … in a cluster), the log to `<dir>/logs`. */
  readonly dir: string;
  readonly passwords: NatsPasswords;
  /** By the server's name: the ports of last time. */
  readonly ports?: Readonly<Record<string, number | undefined>>;
  readonly say?: (line: string) => void;
}

export interface PreparedNats {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly monitorPort: number;
  readonly command: GuardedCommand;
}

/** The environment that fills the variables of deploy/nats/permissions.conf. */
export const passwordVariables = (passwords: NatsPasswords): Record<string, string> =>
  Object.fromEntries(natsUsers.map((user) => [`NATS_PASSWORD_${user.toUpperCase()}`, passwords[user]]));

interface Node {
  readonly name: string;
  readonly port: number;
  readonly monitorPort: number;
}

/** How the nodes of one cluster know each other. */
interface Routes {
  readonly password: string;
  readonly ports: Readonly<Record<string, number>>;
}

/** The name tells the server whose JetStream replica its files are: it stays from start to start. */
function clustered(node: Node, { password, ports }: Routes): string[] {
  const others = Object.entries(ports).filter(([name]) => name !== node.name);
  return [
    `server_name: "${node.name}"`,
    'cluster {',
    '  name: shidang',
    `  listen: "127.0.0.1:${ports[node.name]}"`,
    `  authorization { user: routes, password: "${password}" }`,
    `  routes: [${others.map(([, port]) => `"nats://routes:${password}@127.0.0.1:${port}"`).join(', ')}]`,
    '}',
  ];
}

/** nats-server reads `include` relative to the file that includes. */
function configuration(home: string, node: Node, routes?: Routes): string {
  return [
    '# Written by tools/dev at every start; the rights are those of deploy/nats/permissions.conf.',
    `listen: "127.0.0.1:${node.port}"`,
    `http: "127.0.0.1:${node.monitorPort}"`,
    'max_payload: 1MB',
    `jetstream { store_dir: "${join(home, 'jetstream')}", max_memory_store: 64MB, max_file_store: 4GB }`,
    ...(routes ? clustered(node, routes) : []),
    `include "${relative(home, fromRoot('deploy/nats/permissions.conf'))}"`,
    '',
  ].join('\n');
}

async function nodeNamed(name: string, wish: NatsWish): Promise<Node> {
  return { name, port: await freePort(wish.ports?.[name]), monitorPort: await freePort() };
}

function prepared(binary: string, wish: NatsWish, node: Node, routes?: Routes): PreparedNats {
  const home = join(wish.dir, node.name);
  mkdirSync(join(home, 'jetstream'), { recursive: true, mode: 0o700 });
  const file = join(home, 'nats.conf');
  writeFileSync(file, configuration(home, node, routes), { mode: 0o600 });
  return {
    ...node,
    url: `nats://127.0.0.1:${node.port}`,
    command: {
      name: node.name,
      command: binary,
      args: ['-c', file],
      env: { PATH: process.env['PATH'], ...passwordVariables(wish.passwords) },
      log: join(wish.dir, `logs/${node.name}.log`),
      stopSignal: 'SIGTERM',
      graceSeconds: 10,
    },
  };
}

/** Writes the configuration of a server that is ready to be started. */
export async function prepareNats(wish: NatsWish): Promise<PreparedNats> {
  const binary = await findNats(wish.say);
  return prepared(binary, wish, await nodeNamed('nats', wish));
}

export const clusterNames = ['nats', 'nats-2', 'nats-3'] as const;

/** Three servers of one cluster, to be started together: none is ready before two of them have met. */
export async function prepareNatsCluster(wish: NatsWish): Promise<PreparedNats[]> {
  const binary = await findNats(wish.say);
  const nodes = await Promise.all(clusterNames.map((name) => nodeNamed(name, wish)));
  const ports = await Promise.all(nodes.map(async ({ name }) => [name, await freePort()] as const));
  const routes = { password: `r${randomBytes(24).toString('hex')}`, ports: Object.fromEntries(ports) };
  return nodes.map((node) => prepared(binary, wish, node, routes));
}

/** Waits until the server takes connections and JetStream has read its files, in a cluster also found its leader. */
export function natsAnswers(monitorPort: number, seconds = 15): Promise<true> {
  return until('NATS', seconds, async () => {
    const health = await fetch(`http://127.0.0.1:${monitorPort}/healthz`, { signal: AbortSignal.timeout(1000) });
    return health.ok ? (true as const) : undefined;
  });
}
