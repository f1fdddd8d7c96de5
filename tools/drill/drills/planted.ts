import { asAdmin, inDatabase, secretsOf } from '@shidang/dev';
import type { ServiceName } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { connectAs } from '@shidang/streams';
import { rest } from '../client/client';
import type { Violation } from '../check/violation';
import type { Drill, Drilling } from '../drill';
import { familyOf, signal } from '../fault/descendants';
import { chainViolations } from '../state/audit-chains';

/** A bug as it would look in the databases, and the check that has to see it. */
interface Plant {
  readonly what: string;
  readonly service: ServiceName;
  readonly sees: string;
  readonly damage: string;
}

const fresh = `(select $1::timestamptz)`;
const newest = (table: string, id: string, where: string) =>
  `delete from ${table} where ${id} = (select ${id} from ${table} where ${where} order by ${id} desc limit 1)`;

const plants: readonly Plant[] = [
  {
    what: 'an acknowledged row was lost',
    service: 'records',
    sees: 'lost',
    damage: newest(
      'entry_version',
      'id',
      `at >= ${fresh} and via ->> 'kind' = 'screen' and "values" ->> 'project' like '演练%'`,
    ),
  },
  {
    what: 'a version went back',
    service: 'records',
    sees: 'versions',
    damage: `update entry set version = version - 1 where id = (select entry_id from entry_version where at >= ${fresh} and version > 1 order by id desc limit 1)`,
  },
  {
    what: 'a write left no audit',
    service: 'review',
    sees: 'audit',
    damage: newest('audit_event', 'id', `at >= ${fresh} and what = 'review.case.decide' and result = 'done'`),
  },
  {
    what: 'an urging was sent twice',
    service: 'notifications',
    sees: 'twice',
    damage: `insert into urging select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid()))).* from urging u where sent_at >= ${fresh} limit 1`,
  },
  {
    what: 'an inbox row is gone',
    service: 'reporting',
    sees: 'inbox',
    damage: newest('inbox', 'message_id', `received_at >= ${fresh} and durable = 'reporting-follow-cases'`),
  },
  {
    what: 'a message was set aside',
    service: 'review',
    sees: 'dead-letters',
    damage: `insert into dead_letter (id, durable, subject, message_id, payload, error, deliveries) values (gen_random_uuid(), 'review-open-case', 's', $1::text, '{}', 'planted', 5)`,
  },
  {
    what: 'a submission has no case',
    service: 'review',
    sees: 'cases',
    damage: newest('review_case', 'id', `submitted_at >= ${fresh}`),
  },
  {
    what: 'a decision was not applied',
    service: 'records',
    sees: 'decisions',
    damage: `delete from submission_review where submission_id = (select submission_id from submission_review where at >= ${fresh} limit 1)`,
  },
  {
    what: 'an effective version is missing',
    service: 'records',
    sees: 'effective',
    damage: `delete from effective_version where $1::timestamptz is not null and submission_id = (select submission_id from effective_version order by effective_from desc limit 1)`,
  },
  {
    what: 'a figure was counted twice',
    service: 'reporting',
    sees: 'counts',
    damage: `update rollup set n = n + 1 where $1::timestamptz is not null and org_path = '0.33.3311.' and measure = 'status:effective'`,
  },
  {
    what: 'a notice was counted twice',
    service: 'notifications',
    sees: 'notices',
    damage: `update notice set count = count + 1 where id = (select id from notice where kind like 'case-%' and at >= ${fresh} limit 1)`,
  },
  {
    what: 'a teacher has no confirmed person',
    service: 'identity',
    sees: 'persons',
    damage: `update person set confirmed_at = null where $1::timestamptz is not null and id = (select id from person where teacher_id is not null order by id desc limit 1)`,
  },
];

/** As a superuser without triggers and foreign keys: no service could do it. */
const doDamage = ({ service, damage }: Plant, { system, since }: Drilling): Promise<number> =>
  asAdmin(inDatabase(system.adminUrl, `shidang_${service}`), async (client) => {
    await client.query(`set session_replication_role = 'replica'`);
    return (await client.query(damage, [since])).rowCount ?? 0;
  });

async function seen(drilling: Drilling, plant: Plant, before: ReadonlySet<string>): Promise<Violation[]> {
  const rows = await doDamage(plant, drilling);
  const found = (await drilling.check()).filter(({ check, says }) => check === plant.sees && !before.has(says));
  drilling.say(`planted: ${plant.what} → ${found[0] ? `${found[0].check}: ${found[0].says}` : 'not seen'}`);
  return rows > 0 && found.length > 0 ? [] : [{ check: 'planted', says: `${plant.what} (${rows} rows) was not seen` }];
}

/**
 * A consumer that acknowledges before its effect, and dies in between: review is stopped, a fact is told, fetched and acknowledged
 * in its name.
 */
async function stolen(drilling: Drilling): Promise<Violation[]> {
  const { system } = drilling;
  const family = familyOf(system.pidOf('review')!);
  const before = new Set((await drilling.check()).map(({ says }) => says));
  const connection = await connectAs('review', system.natsUrl, secretsOf(system.dir).nats.review);
  signal(family, 'SIGSTOP');
  try {
    const url = inDatabase(system.adminUrl, 'shidang_records');
    const { rowCount } = await asAdmin(url, (client) => client.query(tellAgain, [newId(), new Date().toISOString()]));
    const consumer = await connection.jetstream().consumers.get('records', 'review-open-case');
    let taken = 0;
    for (let look = 0; taken === 0 && look < 10; look++) {
      const message = await consumer.next({ expires: 2_000 });
      if (message && (await message.ackAck())) taken += 1;
    }
    signal(family, 'SIGCONT');
    const found = (await drilling.check()).filter(({ check, says }) => check === 'inbox' && !before.has(says));
    drilling.say(
      `planted: ${rowCount} fact told, ${taken} acknowledged before its effect → ${found[0]?.says ?? 'not seen'}`,
    );
    return taken > 0 && found.length > 0 ? [] : [{ check: 'planted', says: 'an early acknowledgement was not seen' }];
  } finally {
    signal(family, 'SIGCONT');
    await connection.close();
  }
}

/** The newest submission once more, under another id. */
const tellAgain = `insert into outbox (id, subject, aggregate_id, org_path, payload, traceparent)
  select $1, subject, aggregate_id, org_path, payload || jsonb_build_object('at', $2::text), '00-0-0-01' from outbox
  where subject = 'evt.records.submission-made' order by id desc limit 1`;

/** A row that is sealed already, changed by who may do everything. */
const changed = `update audit_event set result = 'undone' where id = (select first from audit_seal where rows > 0 order by sequence desc limit 1)`;

async function tampered({ system, say }: Drilling): Promise<Violation[]> {
  const before = new Set((await chainViolations(system)).map(({ says }) => says));
  await asAdmin(inDatabase(system.adminUrl, 'shidang_identity'), (client) => client.query(changed));
  const found = (await chainViolations(system)).filter(({ says }) => !before.has(says));
  say(`planted: a sealed audit row was changed → ${found[0]?.says ?? 'not seen'}`);
  return found.length > 0 ? [] : [{ check: 'planted', says: 'a changed audit row was not seen' }];
}

/** Not a drill of the system but of the checks: each must see a bug it was made for, in a real system. */
export const planted: Drill = {
  name: 'planted',
  says: 'bugs planted into a real system by SQL, and a message acknowledged before its effect: every check sees its own',
  minutes: 0.5,
  leavesDamage: true,
  async faults(drilling) {
    await rest(drilling.milliseconds);
    return [];
  },
  async afterwards(drilling) {
    const found: Violation[] = await stolen(drilling);
    for (const plant of plants) {
      const before = new Set((await drilling.check()).map(({ says }) => says));
      found.push(...(await seen(drilling, plant, before)));
    }
    return [...found, ...(await tampered(drilling))];
  },
};
