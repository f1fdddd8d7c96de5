import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { clusterNames, natsAnswers, prepareNats, prepareNatsCluster } from '../provide/nats';
import { freePort, releasePort } from '../provide/ports';
import { givenPostgres, postgresAnswers, preparePostgres } from '../provide/postgres';
import { asAdmin, ensureDatabase, type DatabaseAccess } from '../provide/roles';
import { placeFor, unprivileged } from '../provide/unprivileged';
import { Missing, fromRoot, until } from '../workspace';
import { openFront, type Front } from './front';
import { givenServers, natsPasswords, type Given } from './given';
import { KeptStreams } from './kept-streams';
import { Keeper } from './keeper';
import { readState, writeState } from './lock';
import { migrateOnce } from './migrate';
import { known, type Known } from './processes';
import { apps, replicasOf, type Replica } from './replicas';
import { runOf } from './run-of';
import { secretsOf, type Secrets } from './secrets';
import { serviceEnvironment } from './service-environment';
import type { SystemWish } from './system-wish';
import { together } from './together';

export const answersReady = async (healthPort: number): Promise<true | undefined> => {
  const answer = await fetch(`http://127.0.0.1:${healthPort}/ready`, { signal: AbortSignal.timeout(3000) });
  return answer.ok ? true : undefined;
};

/** Brings a whole system up, step by step, and takes it down in the opposite order. */
export class Starting {
  readonly keepers = new Map<string, Keeper>();
  readonly ports: Record<string, number> = {};
  /** By the name of the replica. */
  readonly env: Record<string, NodeJS.ProcessEnv> = {};
  readonly databases = {} as Record<ServiceName, DatabaseAccess>;
  readonly given: Given;
  readonly secrets: Secrets;
  readonly replicas: readonly Replica[];
  readonly archive?: string;
  readonly streams: KeptStreams;
  /** Of one node or, separated by commas, of three. */
  natsUrl = '';
  private readonly before: ReturnType<typeof readState>;
  private adminUrl = '';
  private front?: Front;

  constructor(
    readonly dir: string,
    readonly wish: SystemWish,
    readonly say: (line: string) => void,
  ) {
    this.given = wish.throwAway ? {} : givenServers();
    this.before = readState(dir);
    this.replicas = apps.flatMap((app) => replicasOf(app, this.cluster));
    const wanted = wish.archive ?? this.before?.archive;
    this.archive = wanted === true ? join(placeFor(dir, unprivileged()), 'archive') : wanted || undefined;
    const secrets = secretsOf(dir);
    this.secrets = { ...secrets, nats: natsPasswords(secrets, this.given) };
    const urls = [() => this.natsUrl, () => this.adminUrl] as const;
    this.streams = new KeptStreams(urls[0], this.secrets.nats.operator, urls[1], say);
  }

  async postgres(): Promise<string> {
    if (this.given.databaseUrl) return (this.adminUrl = await givenPostgres(this.given.databaseUrl));
    const prepared = await preparePostgres({
      dir: this.dir,
      adminPassword: this.secrets.postgresAdmin,
      port: this.before?.ports['postgres'],
      throwAway: this.wish.throwAway,
      archive: this.archive === undefined ? undefined : { dir: this.archive },
      settings: this.wish.postgresSettings,
      say: this.say,
    });
    if (this.archive) this.say(`archiving WAL to ${this.archive}`);
    this.say(`PostgreSQL ${prepared.version} on port ${prepared.port}`);
    this.ports['postgres'] = prepared.port;
    await this.keep({ command: prepared.command, ready: () => postgresAnswers(prepared.adminUrl), say: this.say });
    return (this.adminUrl = prepared.adminUrl);
  }

  async nats(): Promise<string> {
    if (this.given.natsUrl) return (this.natsUrl = this.given.natsUrl);
    const wish = { dir: this.dir, passwords: this.secrets.nats, ports: this.before?.ports, say: this.say };
    const nodes = this.cluster ? await prepareNatsCluster(wish) : [await prepareNats(wish)];
    this.say(`NATS on port ${nodes.map(({ port }) => port).join(', ')}`);
    for (const { name, port } of nodes) this.ports[name] = port;
    await together(
      nodes.map(({ command, monitorPort }) =>
        this.keep({
          command,
          ready: () => natsAnswers(monitorPort, 30).then(() => this.streams.mend()),
          say: this.say,
        }),
      ),
    );
    return (this.natsUrl = nodes.map(({ url }) => url).join(','));
  }

  async prepareDatabases(adminUrl: string, natsUrl: string): Promise<void> {
    if (this.wish.fresh && this.given.databaseUrl) {
      for (const service of serviceNames) {
        await asAdmin(adminUrl, (client) => client.query(`drop database if exists shidang_${service} with (force)`));
      }
    }
    for (const service of serviceNames) {
      this.databases[service] = await ensureDatabase(adminUrl, service, this.secrets.databases[service]);
    }
    for (const replica of this.replicas) this.env[replica.name] = await this.environment(replica, natsUrl);
    await together(
      serviceNames.map((service) => migrateOnce(service, this.env[service]!, this.databases[service].ownerUrl)),
    );
  }

  /** Answers the address of the gateway, or of the front before two of them. */
  async apps(): Promise<string> {
    const gateways = this.replicas.filter(({ app }) => app === 'gateway');
    const services = this.replicas.filter(({ app }) => app !== 'gateway');
    await together(services.map((replica) => this.app(replica)));
    await together(gateways.map((replica) => this.app(replica)));
    if (this.cluster) {
      const doors = gateways.map(({ name }) => ({
        port: this.ports[name]!,
        healthPort: this.ports[`${name}-health`]!,
      }));
      this.ports['front'] = await this.publicPort('front');
      this.front = await openFront(this.ports['front'], doors);
    }
    return `http://127.0.0.1:${this.ports[this.cluster ? 'front' : 'gateway']}`;
  }

  async keep(kept: ConstructorParameters<typeof Keeper>[0]): Promise<void> {
    const keeper = new Keeper(kept);
    this.keepers.set(keeper.name, keeper);
    await keeper.start();
    this.writeState();
  }

  /** Services first, so that they finish on what they stand on; then NATS, then PostgreSQL. */
  async stop(): Promise<void> {
    await this.front?.close();
    const stopped = (names: readonly string[]) =>
      Promise.all(names.flatMap((name) => this.keepers.get(name)?.stop() ?? []));
    await stopped(this.replicas.map(({ name }) => name));
    await stopped(clusterNames);
    await stopped(['postgres']);
    for (const port of Object.values(this.ports)) releasePort(port);
  }

  writeState(url?: string): void {
    const children = [...this.keepers.values()].flatMap((keeper): [string, Known][] =>
      keeper.known ? [[keeper.name, keeper.known]] : [],
    );
    writeState(this.dir, {
      supervisor: known(process.pid),
      url,
      cluster: this.cluster,
      ports: this.ports,
      children: Object.fromEntries(children),
      throwAway: this.wish.throwAway,
      archive: this.archive,
    });
  }

  private get cluster(): boolean {
    return this.wish.cluster ?? false;
  }

  private async environment({ app, name }: Replica, natsUrl: string): Promise<NodeJS.ProcessEnv> {
    const healthPort = await freePort(this.before?.ports[`${name}-health`]);
    this.ports[`${name}-health`] = healthPort;
    const environment = await serviceEnvironment(app, {
      dir: this.dir,
      secrets: this.secrets,
      natsUrl,
      healthPort,
      database: app === 'gateway' ? undefined : this.databases[app],
      throwAway: this.wish.throwAway,
    });
    const door =
      app === 'gateway'
        ? {
            PORT: String(await this.gatewayPort(name)),
            COOKIE_SECURE: '0',
            ...(this.cluster ? { DRAIN_SECONDS: '3' } : {}),
          }
        : {};
    const whole = { ...environment, ...door, ...this.wish.env };
    return this.wish.rewire ? this.wish.rewire(app, whole) : whole;
  }

  private async gatewayPort(name: string): Promise<number> {
    this.ports[name] = this.cluster ? await freePort(this.before?.ports[name]) : await this.publicPort(name);
    return this.ports[name];
  }

  /** A port that was asked for is taken or refused; otherwise the one of last time, if it is free. */
  private async publicPort(name: string): Promise<number> {
    const wanted = this.wish.port || undefined;
    const port = await freePort(wanted ?? this.before?.ports[name] ?? (this.wish.throwAway ? 0 : 8080));
    if (wanted !== undefined && port !== wanted)
      throw new Missing(`Port ${wanted} is in use; another one: npm start -- --port N`);
    return port;
  }

  private app({ app, name }: Replica): Promise<void> {
    return this.keep({
      command: {
        name,
        command: process.execPath,
        args: runOf(app),
        cwd: fromRoot(),
        env: this.env[name]!,
        log: join(this.dir, 'logs', `${name}.log`),
        stopSignal: 'SIGTERM',
        graceSeconds: 20,
      },
      ready: () => until(name, 60, () => answersReady(this.ports[`${name}-health`]!)),
      say: this.say,
    });
  }
}
