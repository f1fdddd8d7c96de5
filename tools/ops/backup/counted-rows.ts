import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin, inDatabase } from '@shidang/dev';
import { escapeIdentifier, type Client } from 'pg';

/** Tables of `public` with what lies in their partitions, by name. */
export async function countedRows(client: Client): Promise<Record<string, number>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  const counted: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${escapeIdentifier(name)}`);
    counted[name] = Number(rows[0]?.n);
  }
  return counted;
}

export const databaseOf = (adminUrl: string, service: ServiceName): string =>
  inDatabase(adminUrl, `shidang_${service}`);

export async function rowsOfServices(adminUrl: string): Promise<Record<ServiceName, Record<string, number>>> {
  const counted = {} as Record<ServiceName, Record<string, number>>;
  for (const service of serviceNames) counted[service] = await asAdmin(databaseOf(adminUrl, service), countedRows);
  return counted;
}
