import { asAdmin, inDatabase, until } from '@shidang/dev';

const services = ['identity', 'records', 'review', 'reporting', 'notifications'];
/** Looks, one a second, at which nothing has been told or consumed any more. */
const quietLooks = 3;

/** A freshly seeded world is still being told: reporting and notifications would be measured at work. */
export async function factsArrived(adminUrl: string): Promise<void> {
  let [before, quiet] = ['', 0];
  await until('the end of what is being told', 3_600, async () => {
    const counts = await Promise.all(services.map((service) => countsOf(inDatabase(adminUrl, `shidang_${service}`))));
    const now = JSON.stringify(counts);
    const still = now === before && counts.every(({ waiting }) => waiting === 0);
    [before, quiet] = [now, still ? quiet + 1 : 0];
    await new Promise((settle) => setTimeout(settle, 1_000));
    return quiet >= quietLooks ? true : undefined;
  });
}

const countsOf = (url: string) =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<{ waiting: number; consumed: number }>(
      `select (select count(*)::int from outbox where published_at is null) as waiting, (select count(*)::int from inbox) as consumed`,
    );
    return rows[0]!;
  });
