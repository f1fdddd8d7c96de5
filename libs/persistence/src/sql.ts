import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { types, type Client, type CustomTypesConfig, type PoolClient, type QueryResultRow } from 'pg';
import { pipelined, type Statement } from './pipeline';

/** Raw SQL on the transaction's own connection: `$1` parameters, rows back. Prepared when `name` is given. */
export interface Sql {
  <Row extends QueryResultRow = QueryResultRow>(
    text: string,
    params?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** Statements that do not build on each other's rows, in one round trip; the rows of each. */
  together<Rows extends QueryResultRow[]>(...statements: StatementsFor<Rows>): Promise<RowsOf<Rows>>;
  /** The connection itself, for COPY streams only. */
  readonly client: PoolClient;
}

type StatementsFor<Rows extends readonly unknown[]> = { [At in keyof Rows]: Statement };
type RowsOf<Rows extends readonly unknown[]> = { [At in keyof Rows]: Rows[At][] };

const timestamptz = 1184;

/** The ORM reads timestamps as text for its own mapping; rows of ours hold Dates. Days (`date`) stay text: they have no zone. */
const datesAs = (own: CustomTypesConfig): CustomTypesConfig => ({
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === timestamptz
      ? types.getTypeParser(oid, 'text')
      : own.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
});

const rowTypes = new WeakMap<PoolClient, CustomTypesConfig>();

function rowTypesOf(client: PoolClient): CustomTypesConfig {
  const known = rowTypes.get(client) ?? datesAs(client as unknown as CustomTypesConfig);
  rowTypes.set(client, known);
  return known;
}

/** `sql` on a connection that whoever calls holds. */
export function sqlOn(given: Client | PoolClient): Sql {
  const client = given as PoolClient;
  const rowTypes = rowTypesOf(client);
  const run = async <Row extends QueryResultRow>(text: string, params?: readonly unknown[], name?: string) => {
    const result = await client.query<Row>({ text, values: params as unknown[] | undefined, name, types: rowTypes });
    return result.rows;
  };
  const together = async <Rows extends QueryResultRow[]>(...statements: StatementsFor<Rows>) => {
    const results = await pipelined(client, statements as readonly Statement[], rowTypes);
    return results.map((result) => result.rows) as RowsOf<Rows>;
  };
  return Object.assign(run, { together, client });
}

const open = new WeakMap<SqlEntityManager, Sql>();

/** From here on this entity manager's transaction is the one of this connection. */
export const bindSql = (em: SqlEntityManager, sql: Sql): void => void open.set(em, sql);

export function sqlOf(em: SqlEntityManager): Sql {
  const sql = open.get(em);
  if (!sql) throw new Error('no transaction');
  return sql;
}
