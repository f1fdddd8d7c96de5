import { durables, type DurableName, type EventContract, type Fact } from '@shidang/contracts';
import { Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';

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
/** Generic in the method, so that one taking fewer parameters fits too. */
type Decorates<F> = <M extends F>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>) => void;

export const patternOf = (durable: string, subject: string): string => `${durable} ${subject}`;
export const batchPatternOf = (durable: string): string => `${durable} *`;

/** Hands a consumer's error to the strategy as it is: it decides between another try and the dead letters. */
@Catch()
class AsItIs implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Subscribes the method on the JetStream transport; its arguments are the data and the message id. */
function consume(pattern: string, target: object, key: string, descriptor: PropertyDescriptor): void {
  EventPattern(pattern, JETSTREAM)(target, key, descriptor);
  UseFilters(AsItIs)(target, key, descriptor);
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
}

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
    consume(patternOf(durable, contract.subject), target, key, descriptor as PropertyDescriptor);
  };
}

/**
 * Consumes all events of a durable in batches, acked together: ≤ 2,000 messages, 200 ms after the first or (`promptly`) at once, and what
 * came while the batch before ran.
 */
export function ConsumesMany<D extends DurableName>(
  durable: D,
): Decorates<(batch: readonly Delivered<FactOf<EventOf<D>>>[]) => Promise<void>> {
  return (target, key, descriptor) => {
    consume(batchPatternOf(durable), target, key, descriptor as PropertyDescriptor);
  };
}
