import { durables, serviceNames, type DurableName, type ServiceName } from '@shidang/contracts';
import { Client } from 'pg';

export interface Refilling {
  /** As superuser: row-level security is forced on owners too. */
  adminUrlOf: (service: ServiceName) => string;
  /** Facts older than this are not looked at: `rebuild` is for those. */
  days?: number;
  /** Also what everybody has applied, so that a stream made anew holds what the lost one held. */
  everything?: boolean;
  say?: (line: string) => void;
}

interface Told {
  id: string;
  subject: string;
  published_at: Date;
}

const page = 1_000;
const day = 86_400_000;

/** Unix milliseconds in the first 48 bits of a UUIDv7. */
const momentOf = (id: string): number => Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16);
const idAt = (milliseconds: number): string => {
  const hex = Math.max(0, milliseconds).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** What a relay has sent; a seed keeps facts as published at a moment before their id, because their effects came with them. */
const wasSent = ({ id, published_at }: Told): boolean => published_at.getTime() >= momentOf(id) - 1_000;

const takersOf = (subject: string): DurableName[] =>
  (Object.keys(durables) as DurableName[]).filter((name) =>
    durables[name].events.some((event: { subject: string }) => event.subject === subject),
  );

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Of these facts, those that somebody who takes them has not applied. */
async function notApplied(facts: readonly Told[], inboxes: ReadonlyMap<ServiceName, Client>): Promise<string[]> {
  const byTaker = new Map<DurableName, string[]>();
  for (const { id, subject } of facts)
    for (const taker of takersOf(subject)) byTaker.set(taker, [...(byTaker.get(taker) ?? []), id]);
  const missing = new Set<string>();
  for (const [taker, ids] of byTaker) {
    const { rows } = await inboxes.get(durables[taker].service)!.query<{ id: string }>(
      `select t.id from unnest($1::uuid[]) as t (id)
       where not exists (select 1 from inbox i where i.message_id = t.id and i.durable = $2)`,
      [ids, taker],
    );
    for (const { id } of rows) missing.add(id);
  }
  return [...missing];
}

async function refillOne(outbox: Client, inboxes: ReadonlyMap<ServiceName, Client>, wish: Refilling): Promise<number> {
  let last = idAt(Date.now() - (wish.days ?? 7) * day);
  let marked = 0;
  for (;;) {
    const { rows } = await outbox.query<Told>(
      `select id, subject, published_at from outbox where id > $1 and published_at is not null order by id limit $2`,
      [last, page],
    );
    const sent = rows.filter(wasSent);
    const again = wish.everything ? sent.map(({ id }) => id) : await notApplied(sent, inboxes);
    const { rowCount } = await outbox.query(`update outbox set published_at = null where id = any($1::uuid[])`, [
      again,
    ]);
    marked += rowCount ?? 0;
    if (rows.length < page) return marked;
    last = rows.at(-1)!.id;
  }
}

/**
 * After streams were lost and made anew: facts that were sent and that somebody has not applied are marked as not sent, so that
 * the relays send them again, in their order per aggregate; inboxes drop what was applied. Answers how many (ADR 0091).
 */
export async function refill(wish: Refilling): Promise<number> {
  const clients = new Map<ServiceName, Client>();
  try {
    for (const service of serviceNames) clients.set(service, await connected(wish.adminUrlOf(service)));
    let marked = 0;
    for (const client of clients.values()) marked += await refillOne(client, clients, wish);
    wish.say?.(`${marked} facts are sent again`);
    return marked;
  } finally {
    for (const client of clients.values()) await client.end().catch(() => undefined);
  }
}
