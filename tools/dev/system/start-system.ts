import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterNames } from '../provide/nats';
import { throwAwayDirectory } from '../provide/throw-away';
import { placeForTests } from '../provide/throw-away-base';
import { placeFor, unprivileged } from '../provide/unprivileged';
import { Missing, fromRoot } from '../workspace';
import { seedDemo } from './demo';
import { givenServers } from './given';
import type { Keeper } from './keeper';
import { lock, readState } from './lock';
import { apps, nameOf } from './replicas';
import type { AppName } from './service-environment';
import { takePreparedDatabases } from './prepared-databases';
import { Starting, answersReady } from './starting';
import type { SystemWish } from './system-wish';
import { together } from './together';

export interface RunningSystem {
  readonly url: string;
  readonly dir: string;
  /** How each app (its first replica) was started; for its verbs (`node main.js <verb>`) and for tests that look inside. */
  readonly env: Readonly<Record<AppName, NodeJS.ProcessEnv>>;
  /** The processes of each app by name: `records`, in a cluster also `records-2`. */
  readonly replicas: Readonly<Record<AppName, readonly string[]>>;
  readonly adminUrl: string;
  readonly natsUrl: string;
  /** The guard of a process by its name; what it guards are its descendants. */
  readonly pidOf: (name: string) => number | undefined;
  readonly restartCounts: () => Readonly<Record<string, number>>;
  /** `kill -9` of a process: a replica, `nats` (`nats-2`, `nats-3`) or `postgres`; it comes back by itself. */
  readonly kill: (name: string) => Promise<void>;
  /** SIGTERM to one replica, its graceful end and its start: settles when it is ready again, rejects when it did not end with code 0. */
  readonly restart: (app: AppName, replica?: number) => Promise<void>;
  /** Whether every replica of that app, or the one named, answers `/ready`. */
  readonly isReady: (name: string) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** Everything but the cache of downloads. */
function removeData(dir: string): void {
  const place = placeFor(dir, unprivileged());
  if (place !== dir) rmSync(join(place, 'postgres'), { recursive: true, force: true });
  for (const name of ['postgres', ...clusterNames, 'keys', 'audit-heads', 'logs', 'secrets.json', 'state.json']) {
    rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** One node's streams are none of a cluster's: what was told and not yet heard would be left behind. */
function assertSameShape(dir: string, wish: SystemWish): void {
  const before = readState(dir);
  if (!before || givenServers().natsUrl || (before.cluster ?? false) === (wish.cluster ?? false)) return;
  throw new Missing(
    `The data of this checkout was made ${before.cluster ? 'with' : 'without'} --cluster. Start it so, or over: npm start -- --fresh${wish.cluster ? ' --cluster' : ''}`,
  );
}

async function place(wish: SystemWish): Promise<{ dir: string; release: () => Promise<void> }> {
  if (wish.throwAway && !wish.dir) {
    const home = throwAwayDirectory('system', placeForTests());
    takePreparedDatabases(home.dir);
    return { dir: home.dir, release: () => home.remove() };
  }
  const dir = wish.dir ?? fromRoot('.local');
  mkdirSync(dir, { recursive: true });
  const unlock = await lock(dir);
  if (wish.fresh) removeData(dir);
  try {
    assertSameShape(dir, wish);
  } catch (failure) {
    unlock();
    throw failure;
  }
  return { dir, release: async () => unlock() };
}

/** A process that was started here, by its name. */
function kept(starting: Starting, name: string): Keeper {
  const keeper = starting.keepers.get(name);
  if (!keeper) throw new Error(`no process ${name}: there are ${[...starting.keepers.keys()].join(', ')}`);
  return keeper;
}

function running(starting: Starting, adminUrl: string, url: string, stop: () => Promise<void>): RunningSystem {
  const names = (app: string) => starting.replicas.filter((each) => each.app === app).map(({ name }) => name);
  const ofApps = <T>(make: (app: AppName) => T) =>
    Object.fromEntries(apps.map((app) => [app, make(app)])) as Record<AppName, T>;
  const ready = (name: string) => answersReady(starting.ports[`${name}-health`]!).then(Boolean, () => false);
  return {
    url,
    dir: starting.dir,
    adminUrl,
    natsUrl: starting.natsUrl,
    pidOf: (name) => starting.keepers.get(name)?.known?.pid,
    env: ofApps((app) => starting.env[app]!),
    replicas: ofApps(names),
    restartCounts: () => Object.fromEntries([...starting.keepers].map(([name, keeper]) => [name, keeper.restarts])),
    kill: (name) => kept(starting, name).kill(),
    restart: (app, replica = 1) => kept(starting, nameOf(app, replica)).restart(),
    isReady: async (name) => {
      const all = names(name);
      return (await Promise.all((all.length > 0 ? all : [name]).map(ready))).every(Boolean);
    },
    stop,
  };
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
    if (wish.demo ?? true) await seedDemo(dir, adminUrl, { scale: wish.scale ?? 's', share: wish.share }, say);
    say(`starting ${starting.replicas.map(({ name }) => name).join(', ')}`);
    const url = await starting.apps();
    starting.writeState(url);
    return running(starting, adminUrl, url, stop);
  } catch (failure) {
    await stop();
    throw failure;
  }
}
