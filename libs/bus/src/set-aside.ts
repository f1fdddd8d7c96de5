import { Refusal } from '@shidang/contracts';
import { Logger } from '@nestjs/common';
import type { JsMsg } from 'nats';
import { faultWords, isOutage } from './fault-words';
import { messageIdOf, payloadOf } from './read-message';

/** What is kept of a message that could not be applied. No token, no headers but the trace. */
export interface DeadLetter {
  durable: string;
  subject: string;
  messageId: string;
  payload: unknown;
  error: string;
  deliveries: number;
}

/** What a handler needs of a message. */
export type Letter = Pick<DeadLetter, 'durable' | 'subject' | 'messageId' | 'payload'>;

/** W3: after this many failed deliveries a message is set aside. */
export const mostDeliveries = 5;
/** Between tries while something it needs is away. */
const outageMilliseconds = 1_000;
const backoffMilliseconds = [200, 500, 1_000, 2_000];

/** Messages that could not be applied: waited with while something is away, tried again, at last buried. */
export class SetAside {
  private readonly log = new Logger('JetStream');

  constructor(
    /** Writes to the service's own `dead_letter` table; wired by the service-host. */
    private readonly bury: (letter: DeadLetter) => Promise<void>,
  ) {}

  async failed(durable: string, message: JsMsg, error: unknown): Promise<void> {
    const { subject } = message;
    const deliveries = message.info.deliveryCount;
    const { words } = faultWords(error);
    if (isOutage(error)) {
      // waited for however long it takes: a fact must not be set aside because a neighbour is being deployed
      this.log.warn({ durable, subject, waitingFor: words });
      message.nak(outageMilliseconds);
    } else if (!(error instanceof Refusal) && deliveries < mostDeliveries) {
      this.log.warn({ durable, subject, deliveries, error: words });
      message.nak(backoffMilliseconds[deliveries - 1] ?? 2_000);
    } else await this.setAside(durable, message, error);
  }

  private async setAside(durable: string, message: JsMsg, error: unknown): Promise<void> {
    const { words, frames } = faultWords(error);
    const messageId = messageIdOf(message);
    const { subject } = message;
    const deliveries = message.info.deliveryCount;
    try {
      await this.bury({ durable, subject, messageId, payload: payloadOf(message), error: words, deliveries });
      message.term(words.slice(0, 200));
      this.log.error({ durable, buried: messageId, error: words, frames });
    } catch (buryError) {
      this.log.error({ durable, notBuried: messageId, error: faultWords(buryError).words });
      message.nak(outageMilliseconds);
    }
  }
}
