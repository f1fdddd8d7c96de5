import type { EventContract, Fact } from '@shidang/contracts';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { newTrace } from '@shidang/tracing';
import { newId } from './new-id';
import { traceparentNow } from './request-context';
import { sqlOf } from './sql';

/** Transactions that wrote to the outbox: the relay looks at once when one of them has committed. */
const telling = new WeakSet<SqlEntityManager>();

export const hasTold = (em: SqlEntityManager): boolean => telling.has(em);

/**
 * Writes a fact to the outbox in the open transaction (W1); the relay publishes it after the commit. `at` is put on
 * here. `aggregateId`: facts of one aggregate keep their order.
 */
export async function tell<F extends Fact>(
  em: SqlEntityManager,
  event: EventContract<F>,
  fact: Omit<F, 'at'>,
  aggregateId: string,
): Promise<string> {
  const id = newId();
  telling.add(em);
  const sql = sqlOf(em);
  await sql(
    `insert into outbox (id, subject, aggregate_id, org_path, payload, traceparent) values ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      event.subject,
      aggregateId,
      fact.orgPath,
      JSON.stringify({ ...fact, at: new Date().toISOString() }),
      traceparentNow() ?? newTrace(),
    ],
    'tell',
  );
  return id;
}

/** The same fact of many aggregates, in one statement; each keeps its place among the facts of its aggregate. */
export async function tellEach<F extends Fact>(
  em: SqlEntityManager,
  event: EventContract<F>,
  facts: readonly { fact: Omit<F, 'at'>; aggregateId: string }[],
): Promise<void> {
  if (facts.length === 0) return;
  telling.add(em);
  const sql = sqlOf(em);
  const at = new Date().toISOString();
  const rows = facts.map(({ fact, aggregateId }) => ({
    id: newId(),
    aggregate_id: aggregateId,
    org_path: fact.orgPath,
    payload: { ...fact, at },
  }));
  await sql(
    `insert into outbox (id, subject, aggregate_id, org_path, payload, traceparent)
     select id, $2, aggregate_id, org_path, payload, $3
     from jsonb_to_recordset($1::jsonb) as t (id uuid, aggregate_id uuid, org_path text, payload jsonb)`,
    [JSON.stringify(rows), event.subject, traceparentNow() ?? newTrace()],
    'tell-each',
  );
}
