import { durables, type DurableName, type ServiceName } from '@shidang/contracts';
import type { ReadModel } from '@shidang/persistence';
import { Client, escapeIdentifier } from 'pg';
import type { JetStreamManager, NatsConnection } from 'nats';
import { streamOf } from './permissions';
import { orUndefined, wantedConsumer } from './streams';

/** A fact of an outbox on its way to the handler of one durable. */
export interface ReplayedFact {
  durable: DurableName;
  subject: string;
  messageId: string;
  payload: unknown;
}

export interface Rebuilding {
  service: ServiceName;
  readModel: ReadModel;
  /** As the operator. */
  connection: NatsConnection;
  /** As superuser: row-level security is forced on owners too. */
  adminUrlOf: (service: ServiceName) => string;
  /** The service's own handlers, outside the stream; answers how many facts it took and how many it set aside. */
  replay: (facts: AsyncIterable<ReplayedFact>) => Promise<{ facts: number; setAside: number }>;
  /** Counts again what tables that stay add to the read model. */
  afterwards?: () => Promise<void>;
  say?: (line: string) => void;
  /** How long the running service may take to drop the stream's repeats. */
  seconds?: number;
}

export interface Rebuilt {
  facts: number;
  setAside: number;
  rows: Record<string, number>;
}

const page = 1_000;
const settleSeconds = 15;

async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function settled(
  manager: JetStreamManager,
  names: readonly DurableName[],
  seconds: number,
  rest: (info: { num_pending: number; num_ack_pending: number }) => number,
): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const infos = await Promise.all(
      names.map((name) => orUndefined(manager.consumers.info(streamOf(name, durables[name]), name))),
    );
    if (infos.every((info) => !info || rest(info) === 0)) return true;
    if (Date.now() > end) return false;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** Whether all durables have taken what their streams hold, within so many seconds. */
export const drained = async (connection: NatsConnection, seconds: number): Promise<boolean> =>
  settled(
    await connection.jetstreamManager(),
    Object.keys(durables) as DurableName[],
    seconds,
    (info) => info.num_pending + info.num_ack_pending,
  );

/** What the service has in hand is finished first; what it fetches in between is dropped as a repeat or replayed. */
async function removeDurables(manager: JetStreamManager, names: readonly DurableName[]): Promise<void> {
  await settled(manager, names, settleSeconds, (info) => info.num_ack_pending);
  for (const name of names) await orUndefined(manager.consumers.delete(streamOf(name, durables[name]), name));
}

/** From the first message on: facts told meanwhile, and repeats, which the inbox drops. */
async function makeDurables(manager: JetStreamManager, names: readonly DurableName[]): Promise<void> {
  for (const name of names)
    await manager.consumers.add(streamOf(name, durables[name]), wantedConsumer(name, durables[name]));
}

/** One transaction: either the old state with its inbox or none of both. */
const empty = (url: string, { tables, durables: names }: ReadModel): Promise<void> =>
  inDatabase(url, async (client) => {
    await client.query('begin');
    await client.query(`set local lock_timeout = '10s'`);
    await client.query(`truncate ${tables.map(escapeIdentifier).join(', ')}`);
    await client.query('delete from inbox where durable = any($1)', [names]);
    await client.query('commit');
  });

interface OutboxRow {
  id: string;
  subject: string;
  payload: unknown;
}

/** All facts the durables take, producer by producer; of each in the order it told them, whichever durable takes them. */
async function* factsFor(names: readonly DurableName[], adminUrlOf: Rebuilding['adminUrlOf']) {
  const producers = new Map<ServiceName, Map<string, DurableName[]>>();
  for (const name of names) {
    const stream = streamOf(name, durables[name]);
    const takers = producers.get(stream) ?? new Map<string, DurableName[]>();
    for (const { subject } of durables[name].events) takers.set(subject, [...(takers.get(subject) ?? []), name]);
    producers.set(stream, takers);
  }
  for (const [producer, takers] of producers) yield* toldBy(adminUrlOf(producer), takers);
}

async function* toldBy(url: string, takers: ReadonlyMap<string, DurableName[]>): AsyncGenerator<ReplayedFact> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows } = await client.query<OutboxRow>(
        'select id, subject, payload from outbox where id > $1 and subject = any($2) order by id limit $3',
        [last, [...takers.keys()], page],
      );
      for (const { id, subject, payload } of rows)
        for (const durable of takers.get(subject) ?? []) yield { durable, subject, messageId: id, payload };
      if (rows.length < page) return;
      last = rows.at(-1)!.id;
    }
  } finally {
    await client.end();
  }
}

const rowsOf = (url: string, tables: readonly string[]): Promise<Record<string, number>> =>
  inDatabase(url, async (client) => {
    const counted: Record<string, number> = {};
    for (const table of tables) {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${escapeIdentifier(table)}`);
      counted[table] = Number(rows[0]?.n ?? 0);
    }
    return counted;
  });

/**
 * Recreates what a service keeps of others from their outboxes (W3), while the system runs: ADR 0014. Interrupted, it may
 * be run again; the durables are made in any case, so that the service goes on consuming.
 */
export async function rebuild(wish: Rebuilding): Promise<Rebuilt> {
  const { service, readModel, say = () => undefined } = wish;
  const url = wish.adminUrlOf(service);
  const manager = await wish.connection.jetstreamManager();
  const names = readModel.durables;
  let replayed: { facts: number; setAside: number };
  await removeDurables(manager, names);
  try {
    await empty(url, readModel);
    say(`${service}: ${readModel.tables.join(', ')} emptied`);
    replayed = await wish.replay(factsFor(names, wish.adminUrlOf));
    say(`${service}: ${replayed.facts} facts of the outboxes applied, ${replayed.setAside} set aside`);
  } finally {
    await makeDurables(manager, names);
  }
  const seconds = wish.seconds ?? 600;
  if (!(await settled(manager, names, seconds, (info) => info.num_pending + info.num_ack_pending)))
    throw new Error(`${service} has not taken what its durables hold within ${seconds} s: is it running?`);
  await wish.afterwards?.();
  return { ...replayed, rows: await rowsOf(url, readModel.tables) };
}
