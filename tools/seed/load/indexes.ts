import type { Client } from 'pg';

interface Made {
  /** Foreign keys go first and come last. */
  readonly kind: 'key' | 'index' | 'reference';
  readonly drop: string;
  readonly make: string;
}

/** Keys (constraints with an index), references from and to the tables, and the indexes besides; of partitioned tables the parent's. */
const question = `
  select case c.contype when 'f' then 'reference' else 'key' end as kind,
         format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
         format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
  from pg_constraint c
  join pg_class t on t.relname = any($1) and t.relkind in ('r', 'p')
    and t.oid in (c.conrelid, case c.contype when 'f' then c.confrelid else c.conrelid end)
  where c.contype in ('p', 'u', 'f') and c.conparentid = 0
  group by c.oid, c.contype, c.conrelid, c.conname
  union all
  -- PostgreSQL says "on only" of a partitioned table's index, which made again so is on no partition
  select 'index', format('drop index %s', i.indexrelid::regclass), replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
  from pg_index i join pg_class t on t.oid = i.indrelid
  where t.relname = any($1) and t.relkind in ('r', 'p') and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;

const kinds = ['reference', 'index', 'key'] as const;

/** Keys and indexes of some tables, taken away while rows are copied. The same transaction makes them again. */
export class Indexes {
  private constructor(private readonly made: readonly Made[]) {}

  static async dropped(client: Client, tables: readonly string[]): Promise<Indexes> {
    const { rows } = await client.query<Made>(question, [tables]);
    for (const kind of kinds) for (const each of rows) if (each.kind === kind) await client.query(each.drop);
    return new Indexes(rows);
  }

  async makeAgain(client: Client): Promise<void> {
    await client.query(`set local maintenance_work_mem = '512MB'`);
    for (const kind of [...kinds].reverse())
      for (const each of this.made) if (each.kind === kind) await client.query(each.make);
  }
}
