import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { migrationsOf } from '@shidang/persistence';
import { connectAs, streamDrifts } from '@shidang/streams';
import { escapeIdentifier, type Client } from 'pg';
import { databaseOf } from '../backup/counted-rows';
import { schemaOf } from '../restore/sealed-values';
import type { DatabaseFacts, NatsFacts, PostgresFacts } from './facts';

async function column<T>(client: Client, query: string, values: unknown[] = []): Promise<T[]> {
  const { rows } = await client.query<{ it: T }>(query, values);
  return rows.map(({ it }) => it);
}

const unlocked = (client: Client) =>
  column<string>(
    client,
    `select c.relname as it from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> 'mikro_orm_migrations' order by 1`,
  );

async function unusable(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; again: string }>(
    `select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as again
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace and not i.indisvalid order by 1`,
  );
  return Object.fromEntries(rows.map(({ name, again }) => [name, again]));
}

const appMay = (client: Client, service: ServiceName) =>
  column<string>(
    client,
    `select it from pg_roles r, lateral (values ('superuser', r.rolsuper), ('bypassrls', r.rolbypassrls),
       ('owner', exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relowner = r.oid))) as may (it, so)
     where r.rolname = $1 and so`,
    [`${service}_app`],
  );

/** The first 48 bits of a UUIDv7 are milliseconds. */
const ageOf = (id: string | undefined): number =>
  id === undefined ? 0 : (Date.now() - Number.parseInt(id.replace('-', '').slice(0, 12), 16)) / 1000;

/** Months after this one up to the first that has no partition. */
function monthsAfter(now: Date, names: readonly string[]): number {
  for (let ahead = 1; ; ahead += 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7);
    if (!names.some((name) => name.endsWith(month.replace('-', '_')))) return ahead - 1;
  }
}

async function partitions(client: Client): Promise<Pick<DatabaseFacts, 'monthsAhead' | 'strays'>> {
  const { rows } = await client.query<{ table: string; names: string[] }>(
    `select p.relname as table, array_agg(c.relname::text) as names from pg_inherits i
     join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where p.relkind = 'p' and p.relnamespace = 'public'::regnamespace group by 1 order by 1`,
  );
  const monthsAhead: Record<string, number> = {};
  const strays: Record<string, number> = {};
  for (const { table, names } of rows) {
    monthsAhead[table] = monthsAfter(new Date(), names);
    if (!names.includes(`${table}_default`)) continue;
    const [n] = await column<string>(client, `select count(*) as it from ${escapeIdentifier(`${table}_default`)}`);
    strays[table] = Number(n);
  }
  return { monthsAhead, strays };
}

/** As the service last found it, of itself (hourly) or asked to (`audit verify`). */
async function auditChain(client: Client): Promise<Pick<DatabaseFacts, 'unsealedSeconds' | 'chainFlaw'>> {
  const [there] = await column<boolean>(client, `select to_regclass('audit_unsealed') is not null as it`);
  if (!there) return { unsealedSeconds: 0 };
  const [oldest] = await column<string>(client, 'select id as it from audit_unsealed order by id limit 1');
  const [bad] = await column<{ why: string; sequence: number; row?: string } | null>(
    client,
    `select case when state = 'tampered' then bad end as it from audit_check order by id desc limit 1`,
  );
  const chainFlaw = bad ? `${bad.why} in block ${bad.sequence}${bad.row ? `, first row ${bad.row}` : ''}` : undefined;
  return { unsealedSeconds: ageOf(oldest), chainFlaw };
}

async function askDatabase(client: Client, service: ServiceName): Promise<DatabaseFacts> {
  const known = (await migrationsOf(await schemaOf(service))).map(({ name }) => name);
  const applied = await column<string>(client, 'select name as it from mikro_orm_migrations order by id');
  const [oldest] = await column<string>(
    client,
    'select id as it from outbox where published_at is null order by id limit 1',
  );
  const [buried] = await column<string>(client, 'select count(*) as it from dead_letter where replayed_at is null');
  return {
    unlocked: await unlocked(client),
    unusable: await unusable(client),
    appMay: await appMay(client, service),
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
    outboxSeconds: ageOf(oldest),
    deadLetters: Number(buried),
    ...(await auditChain(client)),
    ...(await partitions(client)),
  };
}

const watched = [
  'fsync',
  'full_page_writes',
  'synchronous_commit',
  'data_checksums',
  'TimeZone',
  'max_connections',
  'archive_mode',
];

/** As superuser: row-level security would show nothing to anyone else. */
export async function askPostgres(adminUrl: string): Promise<PostgresFacts> {
  const services: Partial<Record<ServiceName, DatabaseFacts>> = {};
  for (const service of serviceNames)
    services[service] = await asAdmin(databaseOf(adminUrl, service), (client) => askDatabase(client, service));
  return asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [watched],
    );
    const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    const [version] = await column<string>(client, `select current_setting('server_version_num') as it`);
    const [archiveFailing] = await column<boolean>(
      client,
      `select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as it from pg_stat_archiver`,
    );
    const before = Date.now();
    const [there] = await column<Date>(client, 'select clock_timestamp() as it');
    const clockMilliseconds = there!.getTime() - (before + Date.now()) / 2;
    return { version: Number(version), settings, clockMilliseconds, services, archiveFailing: archiveFailing ?? false };
  });
}

export async function askNats(url: string, password: string): Promise<NatsFacts> {
  const connection = await connectAs('operator', url, password);
  try {
    const given = process.env['NATS_REPLICAS'];
    const drifts = await streamDrifts(connection, given === undefined ? undefined : Number(given));
    return { version: connection.info?.version ?? '0', drifts };
  } finally {
    await connection.close();
  }
}
