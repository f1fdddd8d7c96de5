import { databaseFor } from '@shidang/testing';
import { Client } from 'pg';
import { Indexes } from './indexes';
import { owners, tables } from './tables';

/** Every key, index and reference of a database, those of partitions too, as PostgreSQL says it, and whether queries may use it. */
const everything = `
  select format('%s %s', c.conrelid::regclass, pg_get_constraintdef(c.oid)) as what from pg_constraint c
  where c.contype in ('p', 'u', 'f') and c.conparentid = 0 and c.connamespace = 'public'::regnamespace
  union all
  select format('%s, valid: %s', pg_get_indexdef(i.indexrelid), i.indisvalid) from pg_index i join pg_class t on t.oid = i.indrelid
  where t.relnamespace = 'public'::regnamespace order by 1`;

test.each(owners)(
  'keys and indexes of %s go for the copying and come back as they were',
  async (owner) => {
    const database = await databaseFor(owner);
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      const of = async () => (await client.query<{ what: string }>(everything)).rows.map(({ what }) => what);
      const before = await of();
      await client.query('begin');
      const indexes = await Indexes.dropped(client, Object.keys(tables[owner]));
      const without = await of();
      for (const table of Object.keys(tables[owner]))
        expect(
          without.filter((what) => new RegExp(`( on (only )?(public\\.)?${table} |^${table} )`, 'i').test(what)),
        ).toEqual([]);
      await indexes.makeAgain(client);
      await client.query('commit');
      expect(await of()).toEqual(before);
    } finally {
      await client.end();
      await database.drop();
    }
  },
  120_000,
);
