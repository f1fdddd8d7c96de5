import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { types, type Client, type CustomTypesConfig, type PoolClient, type QueryResultRow } from 'pg';
import type { Traced } from '@shidang/tracing';
import { pipelined, type Statement } from './pipeline';
import { tracedStatement, tracedTogether } from './traced-sql';

/** Raw SQL on the transaction's own connection: `$1` parameters, rows back. Prepared when `name` is given. */
export interface Sql {
  <Row extends QueryResultRow = QueryResultRow>(
    text: string,
    params?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
  /** Statements that do not build on each other's rows, in one round trip; the rows of each. */
  together<Rows extends QueryResultRow[]>(...statements: StatementsFor<Rows>): Promise<RowsOf<Rows>>;
  /**
   * Ends the transaction, with what is still to be written. @throws when PostgreSQL rolled it back instead: a statement had failed and whoever
   * asked went on as if nothing had happened.
   */
  commit(...closing: readonly Statement[]): Promise<void>;
  /** The connection itself, for COPY streams only. */
  readonly client: PoolClient;
}

type StatementsFor<Rows extends readonly unknown[]> = { [At in keyof Rows]: Statement };
type RowsOf<Rows extends readonly unknown[]> = { [At in keyof Rows]: Rows[At][] };

const commitment: Statement = { text: 'commit', name: 'commit' };

/** Nothing of the transaction is kept. */
export class RolledBack extends Error {
  override name = 'RolledBack';
  override message = 'a statement had failed before: the transaction was rolled back';
}

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

/** `sql` on a connection that whoever calls holds. `step`: the transaction, while it is being recorded. */
export function sqlOn(given: Client | PoolClient, step?: Traced): Sql {
  const client = given as PoolClient;
  const rowTypes = rowTypesOf(client);
  const run = async <Row extends QueryResultRow>(text: string, params?: readonly unknown[], name?: string) => {
    const config = { text, values: params as unknown[] | undefined, name, types: rowTypes };
    const send = () => client.query<Row>(config);
    const result = await (step ? tracedStatement(step, { text, name }, send) : send());
    return result.rows;
  };
  const send = (all: readonly Statement[]) =>
    step
      ? tracedTogether(step, all, (heard) => pipelined(client, all, rowTypes, heard))
      : pipelined(client, all, rowTypes);
  const together = async <Rows extends QueryResultRow[]>(...statements: StatementsFor<Rows>) => {
    const results = await send(statements as readonly Statement[]);
    return results.map((result) => result.rows) as RowsOf<Rows>;
  };
  const commit = async (...closing: readonly Statement[]) => {
    const results = await send([...closing, commitment]);
    if (results.at(-1)?.command !== 'COMMIT') throw new RolledBack();
  };
  return Object.assign(run, { together, commit, client });
}

const open = new WeakMap<SqlEntityManager, Sql>();

/** From here on this entity manager's transaction is the one of this connection. */
export const bindSql = (em: SqlEntityManager, sql: Sql): void => void open.set(em, sql);

export function sqlOf(em: SqlEntityManager): Sql {
  const sql = open.get(em);
  if (!sql) throw new Error('no transaction');
  return sql;
}
