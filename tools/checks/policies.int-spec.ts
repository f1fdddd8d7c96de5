import { serviceNames } from '@shidang/contracts';
import { databaseFor } from '@shidang/testing';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/**
 * What opens each table, as PostgreSQL has it: one line per table, one word per policy and verb. `scope` is the caller's
 * range, `open` carries its reason, everything else is a purpose of `work.beyond`. A change shows in the diff of the golden
 * file: `UPDATE_GOLDEN=1` rewrites it.
 */
interface Row {
  table: string;
  locked: boolean;
  policies: string[];
}

const query = `
  select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as locked,
         coalesce(array_agg(p.policyname || ':' || lower(p.cmd) ||
           coalesce(' (' || obj_description(pol.oid, 'pg_policy') || ')', '') order by p.policyname) filter (where p.policyname is not null), '{}') as policies
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  left join pg_policies p on p.schemaname = 'public' and p.tablename = c.relname
  left join pg_policy pol on pol.polrelid = c.oid and pol.polname = p.policyname
  where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'mikro_orm_migrations'
  group by 1, 2 order by 1`;

async function tablesOf(service: (typeof serviceNames)[number]): Promise<Row[]> {
  const database = await databaseFor(service);
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(query);
    return rows;
  } finally {
    await client.end();
    await database.drop();
  }
}

const golden = join(__dirname, 'policies.golden.txt');

it('every table is locked, and what opens it is known', async () => {
  const lines: string[] = [];
  for (const service of serviceNames) {
    lines.push(`# ${service}`);
    for (const { table, locked, policies } of await tablesOf(service)) {
      expect([service, table, locked]).toEqual([service, table, true]);
      expect([service, table, policies.length > 0]).toEqual([service, table, true]);
      for (const policy of policies.filter((one) => one.startsWith('open')))
        expect([service, table, policy]).toEqual([service, table, expect.stringMatching(/\(.+\)/)]);
      lines.push(`${table}: ${policies.join(', ')}`);
    }
  }
  const printed = `${lines.join('\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(golden)) writeFileSync(golden, printed);
  expect(printed).toBe(readFileSync(golden, 'utf8'));
}, 120_000);
