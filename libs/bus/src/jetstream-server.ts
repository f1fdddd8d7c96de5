import { durables, type DeclaredDurable, type DurableName, type Fact, type ServiceName } from '@shidang/contracts';
import { Logger } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { during, inTrace, nextSpan } from '@shidang/tracing';
import type { ConsumerMessages, JsMsg, NatsConnection } from 'nats';
import { isObservable, lastValueFrom } from 'rxjs';
import { applying, ofBatch, ofMessage, redelivering, type Applied } from './applied';
import { serviceMilliseconds, withCall } from './call';
import { faultWords, isOutage } from './fault-words';
import { backlogOf, type Backlog } from './backlog';
import { Batches } from './batches';
import { batchPatternOf, JETSTREAM, patternOf } from './consumes';
import { Lanes } from './lanes';
import { aggregateOf, delivered } from './read-message';
import { SetAside, type DeadLetter, type Letter } from './set-aside';

export interface JetStreamOptions {
  service: ServiceName;
  connect: () => Promise<NatsConnection>;
  /** Writes to the service's own `dead_letter` table; wired by the service-host. */
  bury: (letter: DeadLetter) => Promise<void>;
  /** False: handlers are known but no durable is consumed; for `redeliver` alone. */
  consume?: boolean;
}

const batchSize = 2_000;
const batchMilliseconds = 200;
/** Few at a time: what a killed process has fetched comes again only after the stream's ack wait (10 s). */
const singlesSize = 16;
/** Facts of different aggregates at once, where the durable says so: waiting for the database and for neighbours overlaps. */
const lanesWide = 4;
/** Well below the stream's ack wait (10 s). */
const workingMilliseconds = 3_000;
const fetchMilliseconds = 5_000;

/** Nest transport for facts: one pull loop per durable of the service, ack after the effect. */
export class JetStreamServer extends Server implements CustomTransportStrategy {
  override readonly transportId = JETSTREAM;
  private readonly log = new Logger('JetStream');
  private connection?: NatsConnection;
  private closing = false;
  private loops: Promise<void>[] = [];
  /** Fetches under way: stopped on close, so that an idle service does not wait for them to expire. */
  private readonly fetching = new Set<ConsumerMessages>();
  private readonly setAside: SetAside;

  constructor(private readonly options: JetStreamOptions) {
    super();
    this.setAside = new SetAside(options.bury);
  }

  listen(done: (error?: unknown) => void): void {
    this.start().then(() => done(), done);
  }

  private async start(): Promise<void> {
    if (this.options.consume === false) return;
    this.connection = await this.options.connect();
    const mine = Object.entries(durables).filter(([, d]) => d.service === this.options.service);
    for (const [name, durable] of mine) {
      const handled = [...this.messageHandlers.keys()].some((pattern) => pattern.startsWith(`${name} `));
      // a durable nobody consumes would fill up silently
      if (!handled) throw new Error(`durable ${name} is declared for ${this.options.service} but nothing consumes it`);
      this.loops.push(this.consume(name as DurableName, durable.events[0].service));
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const messages of this.fetching) messages.stop();
    await Promise.allSettled(this.loops);
    await this.connection?.drain().catch(() => undefined);
  }

  /** Runs a message that was set aside through its handler again, outside the stream; throws what the handler throws. */
  async redeliver(letter: Letter): Promise<void> {
    const { durable, subject, messageId } = letter;
    const fact = letter.payload as Fact;
    const batch = this.messageHandlers.get(batchPatternOf(durable));
    const handler = batch ?? this.messageHandlers.get(patternOf(durable, subject));
    if (!handler) throw new Error(`nothing consumes ${subject} as ${durable}`);
    const data = batch ? [{ messageId, event: subject, fact }] : fact;
    await this.run(handler, data, batch ? undefined : messageId, redelivering(durable));
  }

  /** Facts of one durable in their order, outside the stream: together where it takes batches, else one after the other. */
  async redeliverAll(letters: readonly Letter[]): Promise<void> {
    const batch = letters[0] && this.messageHandlers.get(batchPatternOf(letters[0].durable));
    if (batch) {
      const facts = letters.map(({ messageId, subject, payload }) => ({ messageId, event: subject, fact: payload }));
      await this.run(batch, facts, undefined, redelivering(letters[0]!.durable));
    } else for (const letter of letters) await this.redeliver(letter);
  }

  on(): never {
    throw new Error('the JetStream strategy has no status events');
  }

  unwrap<T>(): T {
    return this.connection as T;
  }

  /** What the stream holds for each durable of this service. Rejects when NATS does not answer. */
  async backlog(): Promise<Backlog[]> {
    const mine = Object.entries(durables).filter(([, d]) => d.service === this.options.service);
    return Promise.all(mine.map(([name, { events }]) => backlogOf(this.connection!, events[0].service, name)));
  }

  private async consume(durable: DurableName, stream: string): Promise<void> {
    const batch = this.messageHandlers.get(batchPatternOf(durable));
    while (!this.closing) {
      try {
        const consumer = await this.connection!.jetstream().consumers.get(stream, durable);
        while (!this.closing) {
          const messages = await consumer.fetch({
            max_messages: batch ? batchSize : singlesSize,
            expires: fetchMilliseconds,
          });
          this.fetching.add(messages);
          try {
            if (batch) await this.inBatches(durable, batch, messages);
            else await this.oneByOne(durable, messages);
          } finally {
            this.fetching.delete(messages);
          }
        }
      } catch (error) {
        if (this.closing || this.connection?.isClosed()) return;
        // NATS restarting, stream not made yet: the loop is the retry
        this.log.warn({ durable, waiting: faultWords(error).words });
        await pause(500);
      }
    }
  }

  private async oneByOne(durable: DurableName, messages: AsyncIterable<JsMsg>): Promise<void> {
    const { sideBySide } = durables[durable] as DeclaredDurable;
    const lanes = new Lanes(sideBySide ? lanesWide : 1);
    await this.keeping(messages, (message, done) => {
      lanes.run((sideBySide && aggregateOf(message)) || '', async () => {
        // given back: another replica, or whoever runs next, need not wait until the stream misses it
        try {
          if (this.closing) message.nak();
          else await this.one(durable, message, this.handlerOf(durable, message));
        } finally {
          done([message]);
        }
      });
    });
    await lanes.settled();
  }

  /** Reads what was fetched and tells the stream that it is being worked on, until it is done: a long queue is no failure. */
  private async keeping(
    messages: AsyncIterable<JsMsg>,
    take: (message: JsMsg, done: (finished: readonly JsMsg[]) => void) => void,
  ): Promise<void> {
    const inHand = new Set<JsMsg>();
    const beat = setInterval(() => inHand.forEach((message) => message.working()), workingMilliseconds);
    let read = false;
    const done = (finished: readonly JsMsg[]) => {
      for (const message of finished) inHand.delete(message);
      if (read && inHand.size === 0) clearInterval(beat);
    };
    try {
      for await (const message of messages) {
        inHand.add(message);
        take(message, done);
      }
    } finally {
      read = true;
      done([]);
    }
  }

  private handlerOf(durable: string, message: JsMsg): MessageHandler | undefined {
    return this.messageHandlers.get(patternOf(durable, message.subject));
  }

  private async inBatches(
    durable: DurableName,
    handler: MessageHandler,
    messages: AsyncIterable<JsMsg>,
  ): Promise<void> {
    const { promptly } = durables[durable] as DeclaredDurable;
    let finish: (finished: readonly JsMsg[]) => void = () => undefined;
    const batches = new Batches<JsMsg>(promptly ? 0 : batchMilliseconds, async (batch) => {
      try {
        if (this.closing) for (const message of batch) message.nak();
        else await this.many(durable, batch, handler);
      } finally {
        finish(batch);
      }
    });
    await this.keeping(messages, (message, done) => {
      finish = done;
      batches.push(message);
    });
    await batches.settled();
  }

  private async many(durable: string, messages: JsMsg[], handler: MessageHandler): Promise<void> {
    try {
      await this.run(handler, messages.map(delivered), undefined, ofBatch(durable, messages));
      for (const message of messages) message.ack();
    } catch (error) {
      if (messages.length === 1) return this.setAside.failed(durable, messages[0]!, error);
      // what is away for one is away for all
      if (isOutage(error)) {
        for (const message of messages) await this.setAside.failed(durable, message, error);
        return;
      }
      // one poison message must not hold the others: by halves it is found in few runs
      const half = Math.ceil(messages.length / 2);
      for (const part of [messages.slice(0, half), messages.slice(half)])
        if (this.closing) for (const message of part) message.nak();
        else await this.many(durable, part, handler);
    }
  }

  private async one(durable: string, message: JsMsg, handler: MessageHandler | undefined): Promise<void> {
    if (!handler) {
      await this.setAside.failed(durable, message, new Error(`no handler for ${message.subject}`));
      return;
    }
    try {
      const { fact, messageId } = delivered(message);
      await this.run(handler, fact, messageId, ofMessage(durable, message));
      message.ack();
    } catch (error) {
      await this.setAside.failed(durable, message, error);
    }
  }

  private async run(handler: MessageHandler, data: unknown, messageId: string | undefined, applied: Applied) {
    const step = applying(applied);
    const traceparent = step?.traceparent ?? nextSpan(applied.parent);
    const call = { traceparent, deadline: Date.now() + serviceMilliseconds * 5 };
    await during(step, async () => {
      const result: unknown = await inTrace(traceparent, () => withCall(call, () => handler(data, messageId)));
      if (isObservable(result)) await inTrace(traceparent, () => lastValueFrom(result, { defaultValue: undefined }));
    });
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
