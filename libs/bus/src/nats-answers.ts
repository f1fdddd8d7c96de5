import { commonRefusals } from '@shidang/contracts';
import { ServerNats, type MessageHandler, type NatsContext, type NatsOptions } from '@nestjs/microservices';
import { ErrorCode, type Msg, type NatsConnection, type Subscription, type SubscriptionOptions } from 'nats';
import { finalize, type Observable } from 'rxjs';
import { headerNames } from './call';
import { ReadyMade } from './ready-made';
import { sendTogether } from './send-together';

/** Longer than a service gives itself for one answer (6 s). */
const finishMilliseconds = 8_000;
/** Without a connection there is nobody to tell. */
const goodbyeMilliseconds = 2_000;

const atMost = (milliseconds: number, what: Promise<unknown>): Promise<void> =>
  new Promise((settle) => {
    const late = setTimeout(settle, milliseconds);
    void what
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(late);
        settle();
      });
  });

/** What Nest sends: the answer, or why there is none. */
interface Packet {
  readonly response?: unknown;
  readonly err?: unknown;
  readonly isDisposed?: boolean;
}

const isTooLarge = (error: unknown): boolean => (error as { code?: unknown }).code === ErrorCode.MaxPayloadExceeded;

/**
 * Nest's NATS server with an end that no asker notices (L3): it leaves the queue group first, still takes what the server had already
 * sent it, answers what is in hand and only then hangs up. Nest's own waits a fixed second and drops both. A request whose deadline has
 * passed is forgotten as soon as it is seen (L2): a queue that piled up while the process stood still costs nothing.
 */
export class NatsAnswers extends ServerNats {
  private readonly asked: Subscription[] = [];
  private inHand = 0;
  private finished?: () => void;

  constructor(
    options: Required<NatsOptions>['options'],
    private readonly onExpired: (subject: string) => void,
  ) {
    super(options);
  }

  override async createNatsClient(): Promise<NatsConnection> {
    return sendTogether((await super.createNatsClient()) as NatsConnection);
  }

  override bindEvents(client: NatsConnection): void {
    super.bindEvents({
      subscribe: (subject: string, options: SubscriptionOptions) => {
        const subscription = client.subscribe(subject, options);
        this.asked.push(subscription);
        return subscription;
      },
    });
  }

  override async handleMessage(channel: string, message: Msg): Promise<unknown> {
    const deadline = Number(message.headers?.get(headerNames.deadline) ?? 0);
    if (deadline > 0 && Date.now() > deadline) {
      this.onExpired(channel);
      return undefined;
    }
    const done = this.take();
    try {
      return await super.handleMessage(channel, message);
    } finally {
      done();
    }
  }

  /** The handler has run, its answer is on the way. */
  override send(answer$: Observable<unknown>, respond: (data: never) => unknown) {
    const done = this.take();
    return super.send(answer$.pipe(finalize(done)), respond as never);
  }

  /** Nest looks whether a subject is JSON first, which throws for each that is none. */
  override getHandlerByPattern(subject: string): MessageHandler | null {
    return this.messageHandlers.get(subject) ?? null;
  }

  /** A ready-made answer goes as it is; one that is larger than a message may be is refused (L4): thrown here it would end the process. */
  override getPublisher(message: Msg, id: string, context: NatsContext): (packet: Packet) => unknown {
    const publish = super.getPublisher(message, id, context) as (packet: Packet) => unknown;
    const answer = (packet: Packet) => {
      const { response } = packet;
      return response instanceof ReadyMade
        ? message.respond(response.bytes, { headers: response.head })
        : publish(packet);
    };
    return (packet) => {
      try {
        return answer(packet);
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        this.logger.error({ answerTooLarge: message.subject });
        return publish({ err: this.refusalFor(message.subject), isDisposed: true });
      }
    };
  }

  /** A read may be asked for less; what a write did is done, and nobody may be told that it was refused. */
  private refusalFor(subject: string): object {
    const { effect } = (this.getHandlerByPattern(subject)?.extras ?? {}) as { effect?: string };
    return effect === 'read' ? { refusal: commonRefusals.answerTooLarge({}).body } : { fault: true };
  }

  override async close(): Promise<void> {
    const asked = this.asked.splice(0);
    if (asked.length === 0) return super.close();
    await atMost(goodbyeMilliseconds, Promise.all(asked.map((subscription) => subscription.drain())));
    await atMost(finishMilliseconds, this.idle());
    await atMost(goodbyeMilliseconds, this.unwrap<NatsConnection>().flush());
    await super.close();
  }

  private idle(): Promise<void> {
    if (this.inHand === 0) return Promise.resolve();
    return new Promise((settle) => (this.finished = settle));
  }

  private take(): () => void {
    this.inHand += 1;
    return () => {
      this.inHand -= 1;
      if (this.inHand === 0) this.finished?.();
    };
  }
}
