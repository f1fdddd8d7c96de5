import { asAdmin, inDatabase, secretsOf, until, type RunningSystem } from '@shidang/dev';
import { connectAs } from '@shidang/streams';

const services = ['identity', 'records', 'review', 'reporting', 'notifications'];
/** Looks, one a second, at which nothing has been told or consumed any more. */
const quietLooks = 3;

/**
 * A freshly seeded world is still being told: the others would be measured at work. Consumers are asked, too: one that passes over most of what it is
 * told leaves nothing in its inbox meanwhile.
 */
export async function factsArrived({ adminUrl, natsUrl, dir }: RunningSystem): Promise<void> {
  const connection = await connectAs('operator', natsUrl, secretsOf(dir).nats.operator);
  try {
    let [before, quiet] = ['', 0];
    await until('the end of what is being told', 3_600, async () => {
      const [counts, untaken] = await Promise.all([
        Promise.all(services.map((service) => countsOf(inDatabase(adminUrl, `shidang_${service}`)))),
        untakenFacts(connection),
      ]);
      const now = JSON.stringify(counts);
      const still = now === before && untaken === 0 && counts.every(({ waiting }) => waiting === 0);
      [before, quiet] = [now, still ? quiet + 1 : 0];
      await new Promise((settle) => setTimeout(settle, 1_000));
      return quiet >= quietLooks ? true : undefined;
    });
  } finally {
    await connection.close();
  }
}

/** Facts that a durable has not been given yet, or not acknowledged, over all of them. */
async function untakenFacts(operator: Awaited<ReturnType<typeof connectAs>>): Promise<number> {
  const streams = await operator.jetstreamManager();
  let sum = 0;
  for await (const { config } of streams.streams.list())
    for await (const { num_pending, num_ack_pending } of streams.consumers.list(config.name))
      sum += num_pending + num_ack_pending;
  return sum;
}

const countsOf = (url: string) =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<{ waiting: number; consumed: number }>(
      `select (select count(*)::int from outbox where published_at is null) as waiting, (select count(*)::int from inbox) as consumed`,
    );
    return rows[0]!;
  });
