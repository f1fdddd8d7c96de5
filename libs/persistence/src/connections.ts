import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { during, type Traced } from '@shidang/tracing';
import { bindSql, sqlOn, type Sql } from './sql';
import { askedByOrm } from './traced-sql';

/** Connections of this process's pool. */
export interface PoolState {
  readonly used: number;
  readonly free: number;
  /** Transactions that wait for one. */
  readonly waiting: number;
}

/** The part of knex that lends connections. */
interface Lender {
  readonly pool: { numUsed(): number; numFree(): number; numPendingAcquires(): number };
  acquireConnection(): Promise<PoolClient>;
  releaseConnection(connection: PoolClient): Promise<void>;
  /** Sends one statement the ORM has made. */
  _query(connection: PoolClient, statement: { sql: string }): Promise<unknown>;
}

const lenderOf = (orm: MikroORM): Lender => orm.em.getConnection().getKnex().client as Lender;

export function poolOf(orm: MikroORM): PoolState {
  const { pool } = lenderOf(orm);
  return { used: pool.numUsed(), free: pool.numFree(), waiting: pool.numPendingAcquires() };
}

/** Lends one connection of the ORM's pool for as long as `use` runs. `step`: where that stands in its trace. */
export async function onConnection<T>(orm: MikroORM, use: (sql: Sql) => Promise<T>, step?: Traced): Promise<T> {
  const lender = lenderOf(orm);
  const waiting = step?.child({ name: 'connection', kind: 'inner' });
  const client = await during(waiting, () => lender.acquireConnection());
  try {
    return await use(sqlOn(client, step));
  } finally {
    await lender.releaseConnection(client);
  }
}

/**
 * An entity manager whose transaction is the one already begun on this connection. knex would send `begin` by itself, one
 * round trip before anything else can be said; so it is shown a transaction that is there, and never ends it.
 */
export function entityManagerOn(orm: MikroORM, sql: Sql, step?: Traced): SqlEntityManager {
  const em = orm.em.fork({ clear: true });
  const lender = lenderOf(orm);
  const lent = Object.assign(Object.create(lender as object) as Lender, {
    transacting: true,
    acquireConnection: () => Promise.resolve(sql.client),
    releaseConnection: () => Promise.resolve(),
    ...(step && { _query: askedByOrm(step, (...asked) => lender._query(...asked)) }),
  });
  em.setTransactionContext({ client: lent });
  bindSql(em, sql);
  return em;
}
