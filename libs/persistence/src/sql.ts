import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { types, type CustomTypesConfig, type PoolClient, type QueryResultRow } from 'pg';

/** Raw SQL on the transaction's own connection: `$1` parameters, rows back. Prepared when `name` is given. */
export interface Sql {
  <Row extends QueryResultRow = QueryResultRow>(
    text: string,
    params?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** The connection itself, for COPY streams only. */
  readonly client: PoolClient;
}

const timestamptz = 1184;

/** The ORM reads timestamps as text for its own mapping; rows of ours hold Dates. Days (`date`) stay text: they have no zone. */
const datesAs = (own: CustomTypesConfig): CustomTypesConfig => ({
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === timestamptz
      ? types.getTypeParser(oid, 'text')
      : own.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
});

interface KnexTransaction {
  client: { acquireConnection(): Promise<PoolClient> };
}

/** The pg connection of an open transaction; knex hands a transaction's client the same connection every time. */
export async function sqlOf(em: SqlEntityManager): Promise<Sql> {
  const transaction = em.getTransactionContext<KnexTransaction>();
  if (!transaction) throw new Error('no transaction');
  const client = await transaction.client.acquireConnection();
  const rowTypes = datesAs(client as unknown as CustomTypesConfig);
  const run = async <Row extends QueryResultRow>(text: string, params?: readonly unknown[], name?: string) => {
    const result = await client.query<Row>({ text, values: params as unknown[] | undefined, name, types: rowTypes });
    return result.rows;
  };
  return Object.assign(run, { client });
}
