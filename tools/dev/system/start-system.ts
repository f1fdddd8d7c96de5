import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { givenPostgres, postgresAnswers, preparePostgres } from '../provide/postgres';
import { asAdmin, ensureDatabase, type DatabaseAccess } from '../provide/roles';
import { natsAnswers, prepareNats } from '../provide/nats';
import { placeFor, unprivileged } from '../provide/unprivileged';
import { throwAwayDirectory } from '../provide/throw-away';
import { Missing, freePort, fromRoot, until } from '../workspace';
import { seedDemo, type Scale } from './demo';
import { givenServers, natsPasswords, type Given } from './given';
import { KeptStreams } from './kept-streams';
import { Keeper } from './keeper';
import { lock, readState, writeState } from './lock';
import { mainOf, migrateOnce } from './migrate';
import { known, type Known } from './processes';
import { secretsOf, type Secrets } from './secrets';
import { serviceEnvironment, type AppName } from './service-environment';

export interface SystemWish {
  /** Everything of this system lies here; a throw-away one gets a directory under the system's temporary one. */
  readonly dir?: string;
  readonly throwAway?: boolean;
  readonly fresh?: boolean;
  /** Port of the gateway; 0 = any. */
  readonly port?: number;
  readonly scale?: Scale;
  readonly demo?: boolean;
  /** Added to the environment of every app (settings such as a batch's holding time). */
  readonly env?: Readonly<Record<string, string>>;
  /** The last word on the environment of one app: a drill puts a proxy between it and its servers. */
  readonly rewire?: (app: AppName, environment: NodeJS.ProcessEnv) => Promise<NodeJS.ProcessEnv>;
  readonly say?: (line: string) => void;
}

export interface RunningSystem {
  readonly url: string;
  readonly dir: string;
  /** How each app was started; for its verbs (`node main.js <verb>`) and for tests that look inside. */
  readonly env: Readonly<Record<AppName, NodeJS.ProcessEnv>>;
  readonly adminUrl: string;
  readonly natsUrl: string;
  /** The guard of an app, `nats` or `postgres`; what it guards are its descendants. */
  readonly pidOf: (name: AppName | 'nats' | 'postgres') => number | undefined;
  readonly restartCounts: () => Readonly<Record<string, number>>;
  /** `kill -9` of an app, `nats` or `postgres`; it comes back by itself. */
  readonly kill: (name: AppName | 'nats' | 'postgres') => Promise<void>;
  /** Whether that app answers `/ready`. */
  readonly isReady: (app: AppName) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

const apps: readonly AppName[] = [...serviceNames, 'gateway'];

const answersReady = async (healthPort: number): Promise<true | undefined> => {
  const answer = await fetch(`http://127.0.0.1:${healthPort}/ready`, { signal: AbortSignal.timeout(3000) });
  return answer.ok ? true : undefined;
};

/** Brings a whole system up, step by step, and takes it down in the opposite order. */
class Starting {
  readonly keepers = new Map<string, Keeper>();
  readonly ports: Record<string, number> = {};
  readonly env = {} as Record<AppName, NodeJS.ProcessEnv>;
  readonly databases = {} as Record<ServiceName, DatabaseAccess>;
  readonly given: Given;
  readonly secrets: Secrets;
  readonly streams: KeptStreams;
  private readonly before: ReturnType<typeof readState>;
  private adminUrl = '';
  private natsUrl = '';

  constructor(
    readonly dir: string,
    readonly wish: SystemWish,
    readonly say: (line: string) => void,
  ) {
    this.given = wish.throwAway ? {} : givenServers();
    this.before = readState(dir);
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
      say: this.say,
    });
    this.say(`PostgreSQL ${prepared.version} on port ${prepared.port}`);
    this.ports['postgres'] = prepared.port;
    await this.keep({ command: prepared.command, ready: () => postgresAnswers(prepared.adminUrl), say: this.say });
    return (this.adminUrl = prepared.adminUrl);
  }

  async nats(): Promise<string> {
    if (this.given.natsUrl) return (this.natsUrl = this.given.natsUrl);
    const prepared = await prepareNats({
      dir: this.dir,
      passwords: this.secrets.nats,
      port: this.before?.ports['nats'],
      say: this.say,
    });
    this.say(`NATS on port ${prepared.port}`);
    this.ports['nats'] = prepared.port;
    const ready = () => natsAnswers(prepared.monitorPort).then(() => this.streams.mend());
    await this.keep({ command: prepared.command, ready, say: this.say });
    return (this.natsUrl = prepared.url);
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
    for (const app of apps) this.env[app] = await this.environment(app, natsUrl);
    await together(
      serviceNames.map((service) => migrateOnce(service, this.env[service], this.databases[service].ownerUrl)),
    );
  }

  async apps(): Promise<void> {
    await together(serviceNames.map((service) => this.app(service)));
    await this.app('gateway');
  }

  async keep(kept: ConstructorParameters<typeof Keeper>[0]): Promise<void> {
    const keeper = new Keeper(kept);
    this.keepers.set(keeper.name, keeper);
    await keeper.start();
    this.writeState();
  }

  /** Services first, so that they finish on what they stand on; then NATS, then PostgreSQL. */
  async stop(): Promise<void> {
    const keepers = (names: readonly string[]) => names.flatMap((name) => this.keepers.get(name) ?? []);
    await Promise.all(keepers(apps).map((keeper) => keeper.stop()));
    for (const keeper of keepers(['nats', 'postgres'])) await keeper.stop();
  }

  writeState(url?: string): void {
    const children = [...this.keepers.values()].flatMap((keeper): [string, Known][] =>
      keeper.known ? [[keeper.name, keeper.known]] : [],
    );
    writeState(this.dir, {
      supervisor: known(process.pid),
      url,
      ports: this.ports,
      children: Object.fromEntries(children),
    });
  }

  private async environment(app: AppName, natsUrl: string): Promise<NodeJS.ProcessEnv> {
    const healthPort = await freePort(this.before?.ports[`${app}-health`]);
    this.ports[`${app}-health`] = healthPort;
    const environment = await serviceEnvironment(app, {
      dir: this.dir,
      secrets: this.secrets,
      natsUrl,
      healthPort,
      database: app === 'gateway' ? undefined : this.databases[app],
      throwAway: this.wish.throwAway,
    });
    const door = app === 'gateway' ? { PORT: String(await this.gatewayPort()), COOKIE_SECURE: '0' } : {};
    const whole = { ...environment, ...door, ...this.wish.env };
    return this.wish.rewire ? this.wish.rewire(app, whole) : whole;
  }

  /** A port that was asked for is taken or refused; otherwise the one of last time, if it is free. */
  private async gatewayPort(): Promise<number> {
    const wanted = this.wish.port || undefined;
    const port = await freePort(wanted ?? this.before?.ports['gateway'] ?? (this.wish.throwAway ? 0 : 8080));
    if (wanted !== undefined && port !== wanted)
      throw new Missing(`Port ${wanted} is in use; another one: npm start -- --port N`);
    this.ports['gateway'] = port;
    return port;
  }

  private app(app: AppName): Promise<void> {
    return this.keep({
      command: {
        name: app,
        command: process.execPath,
        args: ['--enable-source-maps', mainOf(app)],
        cwd: fromRoot(),
        env: this.env[app],
        log: join(this.dir, 'logs', `${app}.log`),
        stopSignal: 'SIGTERM',
        graceSeconds: 20,
      },
      ready: () => until(app, 60, () => answersReady(this.ports[`${app}-health`]!)),
      say: this.say,
    });
  }
}

/** All of them, even when one fails: what has been started must be known before it can be stopped. */
async function together<T extends readonly unknown[]>(steps: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const settled = await Promise.allSettled(steps);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

/** Everything but the cache of downloads. */
function removeData(dir: string): void {
  const place = placeFor(dir, unprivileged());
  if (place !== dir) rmSync(join(place, 'postgres'), { recursive: true, force: true });
  for (const name of ['postgres', 'nats', 'keys', 'audit-heads', 'logs', 'secrets.json', 'state.json']) {
    rmSync(join(dir, name), { recursive: true, force: true });
  }
}

async function place(wish: SystemWish): Promise<{ dir: string; release: () => Promise<void> }> {
  if (wish.throwAway && !wish.dir) {
    const home = throwAwayDirectory('system');
    return { dir: home.dir, release: () => home.remove() };
  }
  const dir = wish.dir ?? fromRoot('.local');
  mkdirSync(dir, { recursive: true });
  const unlock = await lock(dir);
  if (wish.fresh) removeData(dir);
  return { dir, release: async () => unlock() };
}

/** PostgreSQL and NATS, roles, migrations, streams, demo, five services, the gateway: all ready when it settles. */
export async function startSystem(wish: SystemWish = {}): Promise<RunningSystem> {
  const say = wish.say ?? (() => undefined);
  const { dir, release } = await place(wish);
  const starting = new Starting(dir, wish, say);
  const stop = async () => {
    await starting.stop();
    await release();
  };
  try {
    const [adminUrl, natsUrl] = await together<[string, string]>([starting.postgres(), starting.nats()]);
    say('databases, roles, migrations, streams');
    await together([
      starting.prepareDatabases(adminUrl, natsUrl),
      starting.streams.make(Boolean(wish.fresh && starting.given.natsUrl)),
    ]);
    await starting.streams.refill();
    if (wish.demo ?? true) await seedDemo(dir, adminUrl, wish.scale ?? 's', say);
    say(`starting ${apps.join(', ')}`);
    await starting.apps();
    const url = `http://127.0.0.1:${starting.ports['gateway']}`;
    starting.writeState(url);
    return {
      url,
      dir,
      adminUrl,
      natsUrl,
      pidOf: (name) => starting.keepers.get(name)?.known?.pid,
      env: starting.env,
      restartCounts: () => Object.fromEntries([...starting.keepers].map(([name, keeper]) => [name, keeper.restarts])),
      kill: async (name) => starting.keepers.get(name)?.kill(),
      isReady: (app) => answersReady(starting.ports[`${app}-health`]!).then(Boolean, () => false),
      stop,
    };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
