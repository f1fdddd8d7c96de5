import { serviceNames, type ServiceName } from '@shidang/contracts';
import { Random } from '@shidang/seed';
import type { SystemWish } from '@shidang/dev';
import { rest } from '../client/client';
import type { Drill, Drilling } from '../drill';
import { points, watchCommits, type Point } from '../proxy/commit-points';
import { TcpProxy } from '../proxy/tcp-proxy';

/** Which points a service comes to when clients work: notifications tells nothing, identity is written to by facts. */
const pointsOf: Readonly<Record<ServiceName, readonly Point[]>> = {
  identity: ['mark', 'effect'],
  records: points,
  review: points,
  reporting: points,
  notifications: ['answer', 'effect'],
};
const every = serviceNames.flatMap((service) => pointsOf[service].map((point) => ({ service, point })));
type Place = (typeof every)[number];

const patience = 20_000;
const nameOf = ({ service, point }: Place) => `${service} ${point}`;

/** Stops a service where it stands, when it comes there the next time. */
class Trap {
  private armed?: Place & { sprung: () => void };

  reached(service: ServiceName, point: Point): boolean {
    if (this.armed?.service !== service || this.armed.point !== point) return false;
    this.armed.sprung();
    this.armed = undefined;
    return true;
  }

  /** Answers whether it came there in time. `strike` runs before the next byte passes. */
  async set(place: Place, strike: () => void): Promise<boolean> {
    return new Promise((settle) => {
      const late = setTimeout(() => {
        this.armed = undefined;
        settle(false);
      }, patience);
      const sprung = () => {
        clearTimeout(late);
        strike();
        settle(true);
      };
      this.armed = { ...place, sprung };
    });
  }
}

const trap = new Trap();

/** Between each service and PostgreSQL stands a proxy that reads along. */
async function between(wish: SystemWish): Promise<{ wish: SystemWish; undo: () => Promise<void> }> {
  const proxies: TcpProxy[] = [];
  return {
    wish: {
      ...wish,
      async rewire(app, environment) {
        const service = serviceNames.find((name) => name === app);
        const url = environment['DATABASE_URL'];
        if (!service || !url) return environment;
        const place = new URL(url);
        const target = { host: place.hostname, port: Number(place.port) };
        const proxy = await TcpProxy.listen(target, () => watchCommits((point) => trap.reached(service, point)));
        proxies.push(proxy);
        place.port = String(proxy.port);
        return { ...environment, DATABASE_URL: place.href };
      },
    },
    undo: async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))),
  };
}

async function visit({ system, seed, milliseconds, say }: Drilling): Promise<Map<string, number>> {
  const random = new Random(`${seed}/points`);
  const hits = new Map(every.map((place) => [nameOf(place), 0]));
  const end = Date.now() + milliseconds;
  let round: Place[] = [];
  while (Date.now() < end || round.length > 0) {
    if (round.length === 0) round = [...every];
    const [place] = round.splice(Math.floor(random.next() * round.length), 1);
    const hit = await trap.set(place!, () => void system.kill(place!.service));
    say(`${nameOf(place!)}: ${hit ? 'killed there' : 'did not come there'}`);
    if (hit) hits.set(nameOf(place!), hits.get(nameOf(place!))! + 1);
    await rest(random.between(500, 2_000));
  }
  return hits;
}

/** `kill -9` exactly between a commit and what has to follow it. */
export const pointsDrill: Drill = {
  name: 'points',
  says: 'kill -9 after commit before reply, after publish before mark, after effect before ack, in each service',
  minutes: 2,
  prepare: between,
  async faults(drilling) {
    const hits = await visit(drilling);
    const missed = [...hits].filter(([, n]) => n === 0);
    return missed.map(([place]) => ({ check: 'points', says: `${place} was never struck` }));
  },
};
