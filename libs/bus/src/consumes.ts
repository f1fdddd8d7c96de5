import { durables, type DurableName, type EventContract, type Fact } from '@shidang/contracts';
import { EventPattern } from '@nestjs/microservices';

/** Transport id of the JetStream strategy: events are subscribed by it and by nothing else. */
export const JETSTREAM = Symbol.for('shidang:jetstream');

/** One message of a batch: the fact with what identifies it. */
export interface Delivered<F extends object = Fact> {
  readonly messageId: string;
  readonly event: string;
  readonly fact: F;
}

type FactOf<E> = E extends EventContract<infer F> ? F : never;
type EventOf<D extends DurableName> = (typeof durables)[D]['events'][number];
type Decorates<M> = (target: object, key: string, descriptor: TypedPropertyDescriptor<M>) => void;

export const patternOf = (durable: string, subject: string): string => `${durable} ${subject}`;
export const batchPatternOf = (durable: string): string => `${durable} *`;

/**
 * Consumes one event through a durable declared in the contracts. The method returns → ack; throws → delivered again
 * with backoff, after five failures written to `dead_letter`; a refusal is not retried. Run the effect in
 * `work.once(messageId, …)`: messages come at least once and in any order.
 */
export function Consumes<D extends DurableName, E extends EventOf<D>>(
  event: E,
  durable: D,
): Decorates<(fact: FactOf<E>, messageId: string) => Promise<void>> {
  return (target, key, descriptor) => {
    const contract: EventContract = event;
    EventPattern(patternOf(durable, contract.subject), JETSTREAM)(target, key, descriptor as PropertyDescriptor);
  };
}

/** Consumes all events of a durable in batches: ≤ 2,000 messages or 200 ms after the first. Acked together. */
export function ConsumesMany<D extends DurableName>(
  durable: D,
): Decorates<(batch: readonly Delivered<FactOf<EventOf<D>>>[]) => Promise<void>> {
  return (target, key, descriptor) => {
    EventPattern(batchPatternOf(durable), JETSTREAM)(target, key, descriptor as PropertyDescriptor);
  };
}
