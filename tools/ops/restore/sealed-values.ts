import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin, fromRoot } from '@shidang/dev';
import { FileKeyProvider, Vault, type Place, type Schema } from '@shidang/persistence';
import { databaseOf } from '../backup/counted-rows';

export interface OpenedValues {
  readonly opened: number;
  /** Which do not open with these keys; a value, never its content. */
  readonly closed: string[];
}

/** Tools know services by what is built of them: apps are never imported. */
export async function schemaOf(service: ServiceName): Promise<Schema> {
  const built = (await import(fromRoot('dist/apps', service, 'src/schema.js'))) as { schema: Schema };
  return built.schema;
}

async function openEach(url: string, query: string, vault: Vault, most: number): Promise<OpenedValues> {
  const { rows } = await asAdmin(url, (client) =>
    client.query<Place & { sealed: string }>(`select * from (${query}) as seals limit $1`, [most]),
  );
  const closed: string[] = [];
  for (const { sealed, ...place } of rows) {
    try {
      vault.open(sealed, place);
    } catch (failure) {
      closed.push(`${place.table}.${place.column} of ${place.row}: ${(failure as Error).message}`);
    }
  }
  return { opened: rows.length - closed.length, closed };
}

/** Opens sealed values of every service with the keys below `keys`: at most so many of each kind. */
export async function openSealed(adminUrl: string, keys: string, most: number): Promise<OpenedValues> {
  const sum = { opened: 0, closed: [] as string[] };
  for (const service of serviceNames) {
    const { sealed: queries = [] } = await schemaOf(service);
    if (queries.length === 0) continue;
    const file = join(keys, 'keys', `${service}.json`);
    if (!existsSync(file)) {
      sum.closed.push(`${service}: no key file ${file}`);
      continue;
    }
    const vault = new Vault(new FileKeyProvider(file));
    for (const query of queries) {
      const { opened, closed } = await openEach(databaseOf(adminUrl, service), query, vault, most);
      sum.opened += opened;
      sum.closed.push(...closed);
    }
  }
  return sum;
}
