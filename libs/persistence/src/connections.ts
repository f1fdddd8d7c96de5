import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { bindSql, sqlOn, type Sql } from './sql';

/** The part of knex that lends connections. */
interface Lender {
  acquireConnection(): Promise<PoolClient>;
  releaseConnection(connection: PoolClient): Promise<void>;
}

const lenderOf = (orm: MikroORM): Lender => orm.em.getConnection().getKnex().client as Lender;

/** Lends one connection of the ORM's pool for as long as `use` runs. */
export async function onConnection<T>(orm: MikroORM, use: (sql: Sql) => Promise<T>): Promise<T> {
  const lender = lenderOf(orm);
  const client = await lender.acquireConnection();
  try {
    return await use(sqlOn(client));
  } finally {
    await lender.releaseConnection(client);
  }
}

/**
 * An entity manager whose transaction is the one already begun on this connection. knex would send `begin` by itself, one
 * round trip before anything else can be said; so it is shown a transaction that is there, and never ends it.
 */
export function entityManagerOn(orm: MikroORM, sql: Sql): SqlEntityManager {
  const em = orm.em.fork({ clear: true });
  const lent = Object.assign(Object.create(lenderOf(orm) as object) as Lender, {
    transacting: true,
    acquireConnection: () => Promise.resolve(sql.client),
    releaseConnection: () => Promise.resolve(),
  });
  em.setTransactionContext({ client: lent });
  bindSql(em, sql);
  return em;
}
