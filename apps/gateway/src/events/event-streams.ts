import { BusClient, faultWords, plainWord } from '@shidang/bus';
import { identityRefusals, Refusal, type ServiceName } from '@shidang/contracts';
import { Injectable, Logger, StreamableFile, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Admission } from '../admission/admission';
import { GatewayConfig } from '../gateway.config';
import { gatewayRefusals } from '../problem/gateway-refusals';
import { sessionTokenOf } from '../serve/visit';
import { OpenSessions } from '../session/open-sessions';
import { Renewal } from '../session/renewal';
import { farewell, SeenState, type StreamedState } from './event-frame';
import { WakeUp } from './wake-up';

/** What a stream tells about: `hint.<service>.<what>.<id>` on core NATS rings, and `read` says how it is. */
export interface StreamedThing {
  readonly hints: readonly { readonly service: ServiceName; readonly what: string; readonly id: string }[];
  /** How long it may go unread when no hint rings; 2 s if absent. */
  readonly restMilliseconds?: number;
  /** A scoped request as the caller is now. Refused: the stream ends. */
  readonly read: () => Promise<StreamedState>;
}

/** What changed without a hint shows after so long. */
const readMilliseconds = 1_900;
/** Hints of a busy job come in swarms. */
const pauseMilliseconds = 150;
const heartbeatMilliseconds = 15_000;
/** One tab has two or three; more is a leak or an attack. */
export const mostStreams = 8;

const sessionGone = new Set(['unauthenticated', 'forbidden', 'not_found']);

/**
 * Server-sent events without a word in NATS: a hint only rings, what is sent is read again by a request of the caller,
 * whose session is resolved anew, and all sessions are looked after together. Every open stream of the gateway is kept here and ends with it.
 */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly log = new Logger('EventStreams');
  /** By session, each with what ends its hearing of hints. */
  private readonly open = new Map<string, Map<WakeUp, (() => void)[]>>();
  private count = 0;
  private closing = false;

  constructor(
    private readonly bus: BusClient,
    private readonly renewal: Renewal,
    private readonly sessions: OpenSessions,
    private readonly admission: Admission,
    private readonly config: GatewayConfig,
  ) {}

  onModuleDestroy(): void {
    this.closing = true;
    for (const streams of this.open.values()) for (const stream of streams.keys()) stream.ring();
  }

  /** The first state is read before anything is sent: it may be a refusal, and then is an ordinary one. */
  async send(request: FastifyRequest, reply: FastifyReply, thing: StreamedThing): Promise<StreamableFile | undefined> {
    const token = sessionTokenOf(request);
    // counted, and heard when the client goes away, from now on: it may go while the first state is read
    const wake = this.enter(token, reply);
    try {
      // before the first state is read: what changes meanwhile rings
      this.hear(token, wake, thing);
      const first = await thing.read();
      const lastId = request.headers['last-event-id'];
      const seen = new SeenState(typeof lastId === 'string' ? lastId : undefined);
      const news = seen.news(first);
      if (!this.isOpen(token, wake) || (first.last && news === '')) {
        this.leave(token, wake);
        // seen to the end: an EventSource that is answered 204 does not come back
        reply.status(204);
        return undefined;
      }
      reply.header('x-accel-buffering', 'no');
      const frames = this.frames({ request, thing, seen, wake, token, first, news });
      return new StreamableFile(Readable.from(frames, { objectMode: false }), { type: 'text/event-stream' });
    } catch (error) {
      this.leave(token, wake);
      throw error;
    }
  }

  private enter(token: string, reply: FastifyReply): WakeUp {
    const streams = this.open.get(token) ?? new Map<WakeUp, (() => void)[]>();
    if (streams.size >= mostStreams) throw gatewayRefusals.tooManyStreams({ most: mostStreams });
    if (this.count >= this.config.MOST_STREAMS) throw this.admission.refused('stream', 'full');
    this.count += 1;
    const wake = new WakeUp();
    this.open.set(token, streams.set(wake, []));
    reply.raw.once('close', () => this.leave(token, wake));
    // gone while the session was looked up: its end was told before anybody listened
    if (reply.raw.destroyed) this.leave(token, wake);
    return wake;
  }

  /** An id comes from an address and is judged by whoever is asked to read; what is no plain word never becomes a subject. */
  private hear(token: string, wake: WakeUp, { hints }: StreamedThing): void {
    const deaf = this.open.get(token)?.get(wake);
    for (const { service, what, id } of hints)
      if (plainWord.test(id)) deaf?.push(this.bus.onHint(service, what, id, wake.ring));
  }

  private leave(token: string, wake: WakeUp): void {
    const streams = this.open.get(token);
    const deaf = streams?.get(wake);
    if (deaf) {
      for (const end of deaf) end();
      streams?.delete(wake);
      this.count -= 1;
    }
    if (streams?.size === 0) this.open.delete(token);
    wake.ring();
  }

  private isOpen = (token: string, wake: WakeUp): boolean => !this.closing && this.open.get(token)?.has(wake) === true;

  private async *frames(of: {
    request: FastifyRequest;
    thing: StreamedThing;
    seen: SeenState;
    wake: WakeUp;
    token: string;
    first: StreamedState;
    news: string;
  }): AsyncGenerator<Buffer> {
    const { request, thing, seen, wake, token } = of;
    let gone: Refusal | undefined;
    // a look may take as long as a request does; whose session is over does not hear its end
    let interrupt: (refusal: Refusal) => void = () => undefined;
    const unwatch = this.sessions.watch(token, () => {
      interrupt((gone = identityRefusals.sessionEnded({})));
      wake.ring();
    });
    const look = () =>
      new Promise<StreamedState | Refusal | undefined>((resolve) => {
        interrupt = resolve;
        void this.look(request, thing.read).then(resolve);
      });
    const rest = thing.restMilliseconds ?? readMilliseconds;
    let spoke = Date.now();
    let lastRead = spoke;
    try {
      yield Buffer.from(`retry: 2000\n\n${of.news}`);
      let { last } = of.first;
      while (!last) {
        const rung = await wake.sleep(Math.min(lastRead + rest, spoke + heartbeatMilliseconds) - Date.now());
        if (!this.isOpen(token, wake)) return;
        const due = rung || Date.now() - lastRead >= rest;
        const state = gone ?? (due ? await look() : undefined);
        if (due) lastRead = Date.now();
        if (state instanceof Refusal) {
          yield Buffer.from(farewell(state.body.code));
          return;
        }
        const news = state ? seen.news(state) : '';
        if (news !== '' || Date.now() - spoke >= heartbeatMilliseconds) {
          spoke = Date.now();
          yield Buffer.from(news || ': still here\n\n');
        }
        last = state?.last;
        if (rung && !last) await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      }
      yield Buffer.from(farewell());
    } finally {
      unwatch();
      this.leave(token, wake);
    }
  }

  /** The session anew and how it is now; the refusal that ends the stream; nothing while what is asked is away. */
  private async look(
    request: FastifyRequest,
    read: StreamedThing['read'],
  ): Promise<StreamedState | Refusal | undefined> {
    try {
      return await this.renewal.renewed(request, read);
    } catch (error) {
      if (error instanceof Refusal && sessionGone.has(error.body.kind)) return error;
      this.log.debug({ looking: faultWords(error).words });
      return undefined;
    }
  }
}
