import { publishFact } from '@shidang/bus';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin, inDatabase, secretsOf } from '@shidang/dev';
import { Random } from '@shidang/seed';
import { connectAs, ensureStreams } from '@shidang/streams';
import { rest } from '../client/client';
import type { Drill, Drilling } from '../drill';

type Told = Parameters<typeof publishFact>[1];
type Connection = Parameters<typeof publishFact>[0];

/** JetStream drops a message id it has seen in this window; two minutes else. */
const windowMilliseconds = 100;
const nanoseconds = (milliseconds: number) => milliseconds * 1_000_000;

async function narrowWindows(operator: Connection): Promise<void> {
  const manager = await operator.jetstreamManager();
  for (const service of serviceNames)
    await manager.streams.update(service, { duplicate_window: nanoseconds(windowMilliseconds) });
}

/** Facts published long enough ago to be taken again, and not treated yet. */
function ripe({ system, since }: Drilling, service: ServiceName, known: ReadonlySet<string>): Promise<Told[]> {
  return asAdmin(inDatabase(system.adminUrl, `shidang_${service}`), async (client) => {
    const { rows } = await client.query<Told>(
      `select id, aggregate_id, subject, payload, traceparent from outbox
       where (payload ->> 'at')::timestamptz >= $1 and published_at < now() - interval '500 milliseconds' order by id`,
      [since],
    );
    return rows.filter(({ id }) => !known.has(id));
  });
}

/** None, one or two more of each, in another order. */
function dealt<T>(facts: readonly T[], random: Random): T[] {
  const copies = facts.flatMap((fact) => Array.from({ length: random.between(0, 2) }, () => fact));
  return copies
    .map((fact) => ({ fact, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ fact }) => fact);
}

async function again(drilling: Drilling, tellers: ReadonlyMap<ServiceName, Connection>): Promise<number> {
  const random = new Random(`${drilling.seed}/twice`);
  const known = new Set<string>();
  const end = Date.now() + drilling.milliseconds;
  let sent = 0;
  while (Date.now() < end) {
    for (const [service, connection] of tellers) {
      const facts = await ripe(drilling, service, known);
      for (const { id } of facts) known.add(id);
      for (const fact of dealt(facts, random)) {
        await publishFact(connection, fact);
        sent += 1;
      }
    }
    await rest(1_000);
  }
  drilling.say(`${known.size} facts delivered, ${sent} of their copies besides, shuffled`);
  return sent;
}

export const twice: Drill = {
  name: 'twice',
  says: 'every message one to three times, shuffled',
  minutes: 1,
  async faults(drilling) {
    const { natsUrl, dir } = drilling.system;
    const passwords = secretsOf(dir).nats;
    const operator = await connectAs('operator', natsUrl, passwords.operator);
    const tellers = new Map<ServiceName, Connection>();
    try {
      await narrowWindows(operator);
      for (const service of serviceNames) tellers.set(service, await connectAs(service, natsUrl, passwords[service]));
      const sent = await again(drilling, tellers);
      await ensureStreams(operator);
      return sent > 0 ? [] : [{ check: 'twice', says: 'nothing was delivered a second time' }];
    } finally {
      for (const connection of [operator, ...tellers.values()]) await connection.close();
    }
  },
};
