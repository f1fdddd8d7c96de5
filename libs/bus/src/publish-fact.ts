import { during, follow } from '@shidang/tracing';
import { headers, JSONCodec, type NatsConnection } from 'nats';
import { headerNames } from './call';

export const factAttributes = (subject: string) => ({
  'messaging.system': 'nats',
  'messaging.destination.name': subject,
});

/** Publishes one outbox row; resolves when JetStream has stored it. Deduplicated by the row's id. */
export async function publishFact(
  connection: NatsConnection,
  row: { id: string; aggregate_id: string; subject: string; payload: unknown; traceparent: string },
): Promise<void> {
  const step = follow(row.traceparent, {
    name: `tell ${row.subject}`,
    kind: 'producer',
    attributes: { ...factAttributes(row.subject), 'messaging.message.id': row.id },
  });
  const head = headers();
  head.set(headerNames.traceparent, step?.traceparent ?? row.traceparent);
  head.set(headerNames.aggregate, row.aggregate_id);
  const fact = JSONCodec().encode(row.payload);
  await during(step, () =>
    connection.jetstream().publish(row.subject, fact, { msgID: row.id, headers: head, timeout: 5_000 }),
  );
}
