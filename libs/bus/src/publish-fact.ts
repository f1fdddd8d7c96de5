import { headers, JSONCodec, type NatsConnection } from 'nats';
import { headerNames } from './call';

/** Publishes one outbox row; resolves when JetStream has stored it. Deduplicated by the row's id. */
export async function publishFact(
  connection: NatsConnection,
  row: { id: string; aggregate_id: string; subject: string; payload: unknown; traceparent: string },
): Promise<void> {
  const head = headers();
  head.set(headerNames.traceparent, row.traceparent);
  head.set(headerNames.aggregate, row.aggregate_id);
  await connection
    .jetstream()
    .publish(row.subject, JSONCodec().encode(row.payload), { msgID: row.id, headers: head, timeout: 5_000 });
}
