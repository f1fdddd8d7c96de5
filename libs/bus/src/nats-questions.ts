import { ClientNats } from '@nestjs/microservices';
import { commonRefusals } from '@shidang/contracts';
import type { Msg, MsgHdrs, NatsConnection } from 'nats';
import { sendTogether } from './send-together';
import { filter, firstValueFrom, timeout } from 'rxjs';

/** How long a question waits for a connection that is being made again. */
const reconnectMilliseconds = 1_500;

/**
 * Nest's NATS client, asking the way nats does it: one inbox of the connection for all answers, where Nest's makes and drops a subscription for
 * each, and the message itself as the answer, so that what is in it need not be read.
 */
export class NatsQuestions extends ClientNats {
  private readonly asked = new Set<(why: Error) => void>();
  private isConnected = false;

  constructor(options: ConstructorParameters<typeof ClientNats>[0]) {
    super(options);
    this.status.subscribe((status) => {
      this.isConnected = status === 'connected';
      if (!this.isConnected) this.giveUp();
    });
  }

  override async createClient(): Promise<NatsConnection> {
    return sendTogether((await super.createClient()) as NatsConnection);
  }

  /** Asks what Nest's server answers. @throws when nobody answers in time, or the connection is lost: then an answer on its way does not come any more. */
  async ask(subject: string, data: object, head: MsgHdrs, milliseconds: number): Promise<Msg> {
    if (!this.isConnected) await this.reconnected(Math.min(milliseconds, reconnectMilliseconds));
    // the server takes what has an id for a question; which one it answers is told by the inbox
    const question = JSON.stringify({ id: '1', data });
    const connection = this.unwrap<NatsConnection>();
    return new Promise((settle, fail) => {
      this.asked.add(fail);
      connection
        .request(subject, question, { headers: head, timeout: milliseconds })
        .then(settle, fail)
        .finally(() => this.asked.delete(fail));
    });
  }

  /** The next of several NATS nodes is a few milliseconds away: nobody is refused for that. */
  private async reconnected(milliseconds: number): Promise<void> {
    await this.connect().catch(() => undefined);
    const connected$ = this.status.pipe(filter((status) => status === 'connected'));
    await firstValueFrom(connected$.pipe(timeout(milliseconds)));
  }

  private giveUp(): void {
    for (const fail of this.asked) fail(commonRefusals.unavailable({}));
    this.asked.clear();
  }
}
