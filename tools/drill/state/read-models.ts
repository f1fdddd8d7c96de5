import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin, fromRoot, inDatabase } from '@shidang/dev';
import type { ReadModel, Schema } from '@shidang/persistence';
import { escapeIdentifier } from 'pg';

/** Tools know services by what is built of them: apps are never imported. */
export async function readModels(): Promise<[ServiceName, ReadModel][]> {
  const found = await Promise.all(
    serviceNames.map(async (service) => {
      const { schema } = (await import(fromRoot('dist/apps', service, 'src/schema.js'))) as { schema: Schema };
      return schema.readModel ? [[service, schema.readModel] as [ServiceName, ReadModel]] : [];
    }),
  );
  return found.flat();
}

/** Content of the tables, by name: the number of rows and a hash over all of them in an order of their own; a count of nothing is no row. */
export function contentOf(adminUrl: string, service: ServiceName, tables: readonly string[]): Promise<string[]> {
  return asAdmin(inDatabase(adminUrl, `shidang_${service}`), async (client) => {
    const content: string[] = [];
    for (const table of tables) {
      const { rows } = await client.query<{ n: string; hash: string }>(
        `select count(*) as n, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as hash from ${escapeIdentifier(table)} t
         where coalesce((to_jsonb(t) ->> 'n')::int, 1) <> 0`,
      );
      content.push(`${service}.${table}: ${rows[0]!.n} rows, ${rows[0]!.hash}`);
    }
    return content;
  });
}
