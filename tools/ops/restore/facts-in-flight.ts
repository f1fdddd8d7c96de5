import { durables, serviceNames, type DurableName, type ServiceName } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { lowestIdAt } from '@shidang/persistence';
import { streamOf } from '@shidang/streams';
import type { Client } from 'pg';
import { databaseOf } from '../backup/counted-rows';
import { schemaOf } from './sealed-values';

export interface InFlight {
  /** Published by then and without a trace at that durable: not applied yet, or passed over as none of its business. */
  readonly behind: Readonly<Partial<Record<DurableName, number>>>;
  /** Applied by that durable, unknown to the outbox: only when the databases were restored to different moments. */
  readonly ahead: Readonly<Partial<Record<DurableName, number>>>;
  /** Facts that leave their outbox again. */
  readonly toldAgain: number;
}

const page = 5_000;
const firstId = '00000000-0000-0000-0000-000000000000';
const day = 86_400_000;

interface Published {
  readonly id: string;
  readonly subject: string;
  readonly published_at: Date;
}

/** What a loader lays down as history is "published" before its id was made: whoever acts on it has the effect already. */
const history = 60_000;
const isHistory = ({ id, published_at }: Published): boolean =>
  published_at.getTime() < Number.parseInt(id.replace('-', '').slice(0, 12), 16) - history;

type Clients = Readonly<Record<ServiceName, Client>>;

/** One connection per database, closed afterwards. */
async function withDatabases<T>(adminUrl: string, work: (clients: Clients) => Promise<T>): Promise<T> {
  const open = async (left: readonly ServiceName[], clients: Partial<Record<ServiceName, Client>>): Promise<T> => {
    const [service, ...rest] = left;
    if (!service) return work(clients as Clients);
    return asAdmin(databaseOf(adminUrl, service), (client) => open(rest, { ...clients, [service]: client }));
  };
  return open(serviceNames, {});
}

const namesOf = Object.keys(durables) as DurableName[];
const subjectsOf = (name: DurableName): string[] => durables[name].events.map((event) => event.subject);

/** Which of these a durable has done with: applied, or set aside. */
async function doneWith(consumer: Client, name: DurableName, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await consumer.query<{ id: string }>(
    `select message_id::text as id from inbox where durable = $1 and message_id = any($2::uuid[])
     union select message_id from dead_letter where durable = $1 and message_id = any($2::text[])`,
    [name, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

async function pagesOf(
  producer: Client,
  subjects: readonly string[],
  each: (rows: Published[]) => Promise<void>,
): Promise<void> {
  for (let last = firstId; ;) {
    const { rows } = await producer.query<Published>(
      `select id, subject, published_at from outbox where id > $1 and published_at is not null and subject = any($2) order by id limit $3`,
      [last, subjects, page],
    );
    await each(rows.filter((row) => !isHistory(row)));
    if (rows.length < page) return;
    last = rows.at(-1)!.id;
  }
}

/** Hands over, page by page, what some durable of this producer's stream has not done with. */
async function missedFrom(
  clients: Clients,
  service: ServiceName,
  behind: Partial<Record<DurableName, number>>,
  missed: (ids: string[]) => Promise<unknown>,
): Promise<number> {
  const names = namesOf.filter((name) => streamOf(name, durables[name]) === service);
  const subjects = [...new Set(names.flatMap(subjectsOf))];
  let toldAgain = 0;
  await pagesOf(clients[service], subjects, async (rows) => {
    const again = new Set<string>();
    for (const name of names) {
      const wanted = new Set(subjectsOf(name));
      const ids = rows.filter(({ subject }) => wanted.has(subject)).map(({ id }) => id);
      const done = await doneWith(clients[durables[name].service], name, ids);
      const missing = ids.filter((id) => !done.has(id));
      if (missing.length > 0) behind[name] = (behind[name] ?? 0) + missing.length;
      for (const id of missing) again.add(id);
    }
    if (again.size === 0) return;
    await missed([...again]);
    toldAgain += again.size;
  });
  return toldAgain;
}

async function aheadOf(clients: Clients, name: DurableName, since: string): Promise<number> {
  const producer = clients[streamOf(name, durables[name])];
  let ahead = 0;
  for (let last = since; ;) {
    const { rows } = await clients[durables[name].service].query<{ id: string }>(
      'select message_id as id from inbox where durable = $1 and message_id > $2 order by message_id limit $3',
      [name, last, page],
    );
    const ids = rows.map(({ id }) => id);
    const { rows: known } = await producer.query('select from outbox where id = any($1::uuid[])', [ids]);
    ahead += ids.length - known.length;
    if (ids.length < page) return ahead;
    last = ids.at(-1)!;
  }
}

/**
 * The streams of a restored system are empty. Facts that had left their outbox by that moment, but had not been applied everywhere,
 * leave it again; whoever has applied them drops them by its inbox (W2). A message an operator had given up counts as not applied.
 */
export const retellFactsInFlight = (adminUrl: string, moment: Date): Promise<InFlight> =>
  withDatabases(adminUrl, async (clients) => {
    const behind: Partial<Record<DurableName, number>> = {};
    const ahead: Partial<Record<DurableName, number>> = {};
    let toldAgain = 0;
    for (const service of serviceNames)
      toldAgain += await missedFrom(clients, service, behind, (ids) =>
        clients[service].query('update outbox set published_at = null where id = any($1::uuid[])', [ids]),
      );
    const since = lowestIdAt(moment.getTime() - day);
    for (const name of namesOf) {
      const n = await aheadOf(clients, name, since);
      if (n > 0) ahead[name] = n;
    }
    return { behind, ahead, toldAgain };
  });

/** Services whose read model holds facts nobody told: to be rebuilt; and durables whose effects no rebuild takes back. */
export async function toRebuild(
  ahead: InFlight['ahead'],
): Promise<{ services: ServiceName[]; beyondRebuild: DurableName[] }> {
  const services = new Set<ServiceName>();
  const beyondRebuild: DurableName[] = [];
  for (const name of Object.keys(ahead) as DurableName[]) {
    const { readModel } = await schemaOf(durables[name].service);
    if (readModel?.durables.includes(name)) services.add(durables[name].service);
    else beyondRebuild.push(name);
  }
  return { services: [...services], beyondRebuild };
}
