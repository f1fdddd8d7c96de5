import type { NatsConnection } from 'nats';

/** What a stream holds for one durable; the same for all replicas of its service. */
export interface Backlog {
  readonly durable: string;
  /** Never delivered yet. */
  readonly pending: number;
  /** Delivered, not acknowledged yet. */
  readonly underWay: number;
  /** Of these, delivered more than once. */
  readonly redelivered: number;
}

export async function backlogOf(connection: NatsConnection, stream: string, durable: string): Promise<Backlog> {
  const consumer = await connection.jetstream().consumers.get(stream, durable);
  const info = await consumer.info(true);
  return {
    durable,
    pending: info.num_pending,
    underWay: info.num_ack_pending,
    redelivered: info.num_redelivered,
  };
}
