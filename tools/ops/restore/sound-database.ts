import { escapeIdentifier, type Client } from 'pg';

interface ForeignKey {
  readonly name: string;
  readonly child: string;
  readonly parent: string;
  readonly childColumns: string[];
  readonly parentColumns: string[];
}

const columnsOf = (relation: string, numbers: string) =>
  `(select array_agg(a.attname::text order by k.n) from unnest(${numbers}) with ordinality k(number, n)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;

async function orphans(client: Client): Promise<string[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conname as name, conrelid::regclass::text as child, confrelid::regclass::text as parent,
            ${columnsOf('conrelid', 'conkey')} as "childColumns", ${columnsOf('confrelid', 'confkey')} as "parentColumns"
     from pg_constraint where contype = 'f' and conparentid = 0 order by 1`,
  );
  const found: string[] = [];
  for (const { name, child, parent, childColumns, parentColumns } of rows) {
    const pairs = childColumns.map((column, at) => [
      escapeIdentifier(column),
      escapeIdentifier(parentColumns[at] ?? ''),
    ]);
    const { rows: counted } = await client.query<{ n: string }>(
      `select count(*) as n from ${child} c where ${pairs.map(([column]) => `c.${column} is not null`).join(' and ')}
         and not exists (select from ${parent} p where ${pairs.map(([c, p]) => `p.${p} = c.${c}`).join(' and ')})`,
    );
    if (Number(counted[0]?.n) > 0) found.push(`${child}: ${counted[0]?.n} rows break the foreign key ${name}`);
  }
  return found;
}

async function broken(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; place: string; rule: string }>(
    `select conname as name, conrelid::regclass::text as place, pg_get_expr(conbin, conrelid) as rule
     from pg_constraint where contype = 'c' and conrelid <> 0 and connamespace = 'public'::regnamespace order by 2, 1`,
  );
  const found: string[] = [];
  for (const { name, place, rule } of rows) {
    const { rowCount } = await client.query(`select from ${place} where not (${rule}) limit 1`);
    if (rowCount) found.push(`${place}: rows break the check ${name}`);
  }
  return found;
}

/** Every B-tree against its table: each row is found through each index, and unique ones are unique. The extension does not stay. */
async function wrongIndexes(client: Client): Promise<string[]> {
  await client.query('begin');
  await client.query('create extension if not exists amcheck');
  const { rows } = await client.query<{ name: string; uniquely: boolean }>(
    `select i.indexrelid::regclass::text as name, current_setting('server_version_num')::int >= 170000 as uniquely
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
     where m.amname = 'btree' and c.relkind = 'i' and c.relnamespace = 'public'::regnamespace and i.indisvalid order by 1`,
  );
  const found: string[] = [];
  for (const { name, uniquely } of rows) {
    const more = uniquely ? ', true' : '';
    await client.query('savepoint one');
    await client.query(`select bt_index_check($1::regclass, true${more})`, [name]).catch(async (failure: Error) => {
      found.push(`index ${name}: ${failure.message}`);
      await client.query('rollback to one');
    });
  }
  await client.query('rollback');
  return found;
}

/** Rows and constraints of one restored database; to be asked on a server nobody works with. Empty when it is sound. */
export async function unsound(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select conrelid::regclass || '.' || conname as name from pg_constraint where not convalidated`,
  );
  return [
    ...rows.map(({ name }) => `constraint ${name} was never validated`),
    ...(await orphans(client)),
    ...(await broken(client)),
    ...(await wrongIndexes(client)),
  ];
}
