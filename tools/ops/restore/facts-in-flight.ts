import { durables, serviceNames, type DurableName, type ServiceName } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { lowestIdAt } from '@shidang/persistence';
import { refill, streamOf } from '@shidang/streams';
import type { Client } from 'pg';
import { databaseOf } from '../backup/counted-rows';
import { schemaOf } from './sealed-values';

export interface InFlight {
  /** Applied by that durable, unknown to the outbox: only when the databases were restored to different moments. */
  readonly ahead: Readonly<Partial<Record<DurableName, number>>>;
  /** Facts that leave their outbox again: in flight by then, or passed over by a consumer, which leaves no trace. */
  readonly toldAgain: number;
}

const page = 5_000;
const day = 86_400_000;

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
 * The streams of a restored system are empty: what had left its outbox by that moment and was not applied everywhere leaves it again,
 * however old it is; whoever has applied it drops it by its inbox (W2).
 */
export async function retellFactsInFlight(adminUrl: string, moment: Date): Promise<InFlight> {
  const toldAgain = await refill({ adminUrlOf: (service) => databaseOf(adminUrl, service), days: Infinity });
  const since = lowestIdAt(moment.getTime() - day);
  return withDatabases(adminUrl, async (clients) => {
    const ahead: Partial<Record<DurableName, number>> = {};
    for (const name of namesOf) {
      const n = await aheadOf(clients, name, since);
      if (n > 0) ahead[name] = n;
    }
    return { ahead, toldAgain };
  });
}

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
