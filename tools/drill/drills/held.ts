import { asAdmin, inDatabase } from '@shidang/dev';
import { newId } from '@shidang/persistence';
import type { Client } from 'pg';
import { rest } from '../client/client';
import type { Violation } from '../check/violation';
import type { Drill, Drilling } from '../drill';

const heldMilliseconds = 10_000;

/** State-replicating facts: another one that says the same changes nothing and must be carried all the same. */
const told = [
  ['records', 'evt.records.record-changed'],
  ['review', 'evt.review.case-moved'],
  ['identity', 'evt.identity.post-granted'],
] as const;

async function publishedSince(url: string, id: string): Promise<number> {
  const { rows } = await asAdmin(url, (client) =>
    client.query<{ n: number }>('select count(*)::int as n from outbox where id > $1 and published_at is not null', [
      id,
    ]),
  );
  return rows[0]!.n;
}

/** The newest of its kind once more, under an id of now, in a transaction that stays open. */
async function insert(client: Client, subject: string): Promise<string> {
  const id = newId();
  await client.query('begin');
  await client.query(
    `insert into outbox (id, subject, aggregate_id, org_path, payload, traceparent)
     select $1, subject, aggregate_id, org_path, payload || jsonb_build_object('at', now()), $3 from outbox where subject = $2 order by id desc limit 1`,
    [id, subject, `00-${id.replace(/-/g, '')}-${id.slice(0, 8)}${id.slice(0, 8)}-01`],
  );
  return id;
}

async function hold({ system, say }: Drilling, service: string, subject: string): Promise<Violation[]> {
  const url = inDatabase(system.adminUrl, `shidang_${service}`);
  return asAdmin(url, async (client) => {
    const id = await insert(client, subject);
    await rest(heldMilliseconds);
    const overtaken = await publishedSince(url, id);
    await client.query('commit');
    say(
      `${service}: a commit was held for ${heldMilliseconds / 1000} s, ${overtaken} later facts were published before it`,
    );
    return overtaken > 0 ? [] : [{ check: 'held', says: `nothing of ${service} overtook the held commit` }];
  });
}

export const held: Drill = {
  name: 'held',
  says: 'a commit held open for 10 s while later ones commit: the relay skips nothing',
  minutes: 0.5,
  async faults(drilling) {
    const end = Date.now() + drilling.milliseconds;
    const found: Violation[] = [];
    do {
      const rounds = await Promise.all(told.map(([service, subject]) => hold(drilling, service, subject)));
      found.push(...rounds.flat());
    } while (Date.now() < end);
    return found;
  },
};
