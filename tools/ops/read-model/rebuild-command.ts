import { durables } from '@shidang/contracts';
import { asAdmin, readModelOf, rebuildHere } from '@shidang/dev';
import { newId } from '@shidang/persistence';
import { streamOf } from '@shidang/streams';
import { hostname, userInfo } from 'node:os';
import { escapeIdentifier } from 'pg';
import { databaseOf } from '../backup/counted-rows';
import { adminUrlOf, heldBack, type Asked, type Command, type Outcome } from '../command';
import { reasonOf, serviceNamed } from '../service-verb';

async function counted(url: string, query: string, values: unknown[] = []): Promise<number> {
  const { rows } = await asAdmin(url, (client) => client.query<{ n: string }>(query, values));
  return Number(rows[0]?.n);
}

/** What would be emptied and how many facts would be applied again. */
async function extent(asked: Asked): Promise<{ rows: Record<string, number>; facts: number }> {
  const service = serviceNamed(asked.option('service'));
  const { tables, durables: names } = await readModelOf(service);
  const adminUrl = adminUrlOf(asked);
  const rows: Record<string, number> = {};
  for (const table of tables)
    rows[table] = await counted(databaseOf(adminUrl, service), `select count(*) as n from ${escapeIdentifier(table)}`);
  let facts = 0;
  for (const name of names) {
    const subjects = durables[name].events.map((event) => event.subject);
    const producer = databaseOf(adminUrl, streamOf(name, durables[name]));
    facts += await counted(producer, 'select count(*) as n from outbox where subject = any($1)', [subjects]);
  }
  return { rows, facts };
}

/** Nobody's account is behind a rebuild: the audit says which user of which machine, and why. */
const leaveTrace = (url: string, reason: string): Promise<unknown> =>
  asAdmin(url, (client) =>
    client.query(
      `insert into audit_event (id, org_path, what, object, result, reason, address)
       values ($1, '0.', 'cli.rebuild', 'read-model', 'done', $2, $3)`,
      [newId(), reason, `cli:${process.env['SUDO_USER'] ?? userInfo().username}@${hostname()}`],
    ),
  );

const rebuild: Command = {
  usage:
    'rebuild --service X --reason "…" --yes   a read model from the outboxes of the others, beside the running system',
  options: { service: { type: 'string' }, reason: { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const service = serviceNamed(asked.option('service'));
    const { rows, facts } = await extent(asked);
    const tables = Object.entries(rows).map(([table, n]) => `  ${service}.${table}: ${n} rows`);
    const held = heldBack(asked, [`would empty and tell again from ${facts} facts:`, ...tables], { rows, facts });
    if (held) return held;
    await leaveTrace(databaseOf(adminUrlOf(asked), service), reasonOf(asked));
    const rebuilt = await rebuildHere(service, asked.say, asked.dir);
    const words = [
      ...Object.entries(rebuilt.rows).map(([table, n]) => `  ${service}.${table}: ${rows[table]} → ${n} rows`),
      `${service} rebuilt from ${rebuilt.facts} facts`,
      ...(rebuilt.setAside > 0 ? [`${rebuilt.setAside} were set aside: dlq list --service ${service}`] : []),
    ];
    return { code: rebuilt.setAside > 0 ? 4 : 0, words, facts: { ...rebuilt, before: rows } };
  },
};

export const rebuildCommands = { rebuild } satisfies Record<string, Command>;
