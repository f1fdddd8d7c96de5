import {
  commonRefusals,
  Refusal,
  type Asker,
  type InternalContract,
  type RefusalBody,
  type RequestContract,
  type ServiceName,
} from '@shidang/contracts';
import { currentTrace, during, follow, newTrace, nextSpan } from '@shidang/tracing';
import { headers, type Msg, type MsgHdrs, type NatsConnection } from 'nats';
import { currentCall, headerNames, serviceMilliseconds, type Call } from './call';
import type { NatsQuestions } from './nats-questions';
import { ReadyMade } from './ready-made';

/** The other side failed in a way it has no words for. Never carries its stack. */
export class Fault extends Error {
  override name = 'Fault';
}

/** An answer that is not ready-made, as Nest's server sends it. */
interface Envelope<Rep> {
  readonly response?: Rep;
  readonly err?: unknown;
}

/** What stands in a subject as it is. */
export const plainWord = /^[\w-]+$/;

/** Asks contracts over NATS and turns what comes back into a reply or a Refusal. */
export class BusClient {
  constructor(
    private readonly client: NatsQuestions,
    private readonly self: Asker,
  ) {}

  /** Opens the connection early, so that readiness means something. */
  async connect(): Promise<void> {
    await this.client.connect();
  }

  /** Settles when NATS answers; readiness asks it. */
  async answers(): Promise<void> {
    await this.client.unwrap<NatsConnection>().flush();
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  /**
   * Says on core NATS, without a word about it, that something of this service changed: whoever shows it reads it again.
   * Nothing depends on its arrival, and it never fails what it stands beside.
   */
  hint(what: string, id: string): void {
    try {
      this.client.unwrap<NatsConnection>().publish(`hint.${this.self}.${what}.${id}`);
    } catch {
      // not connected: who waits reads again by itself
    }
  }

  /**
   * Hears hints about one thing of a service. Returns the end of it.
   * @throws TypeError when the id is no plain word: in a subject it could name other things, and beyond a line's end other commands.
   */
  onHint(service: ServiceName, what: string, id: string, listener: () => void): () => void {
    if (!plainWord.test(id)) throw new TypeError('an id in a subject is letters, digits, _ and -');
    const subscription = this.client
      .unwrap<NatsConnection>()
      .subscribe(`hint.${service}.${what}.${id}`, { callback: () => listener() });
    return () => subscription.unsubscribe();
  }

  /**
   * A request on behalf of the signed caller. `call` is given by the gateway; a service passes none and asks on with
   * the call it is in: same caller token, same deadline, one span further.
   */
  async request<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep>,
    payload: Req,
    call?: Call,
  ): Promise<Rep> {
    return readOf(await this.requestUnread(contract, payload, call));
  }

  /** The same for whoever hands the answer on: one that is ready-made is left as it came. */
  requestUnread<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep>,
    payload: Req,
    call?: Call,
  ): Promise<Rep | ReadyMade<Rep>> {
    return this.send(contract, payload, call ?? currentCall());
  }

  /** A request of this service itself. */
  async ask<Req extends object, Rep extends object>(contract: InternalContract<Req, Rep>, payload: Req): Promise<Rep> {
    return readOf(await this.send<Rep>(contract, payload, currentCall()));
  }

  private send<Rep extends object>(
    contract: RequestContract | InternalContract,
    payload: object,
    call: Call | undefined,
  ): Promise<Rep | ReadyMade<Rep>> {
    const { name, service } = contract;
    const attributes = { 'rpc.system': 'nats', 'rpc.service': service, 'rpc.method': name };
    const from = call?.traceparent ?? currentTrace();
    const step = follow(from, { name: `ask ${name}`, kind: 'client', attributes });
    const traceparent = step?.traceparent ?? (from ? nextSpan(from) : newTrace());
    return during(step, () => this.sendOn<Rep>(traceparent, contract, payload, call));
  }

  private async sendOn<Rep extends object>(
    traceparent: string,
    contract: RequestContract | InternalContract,
    payload: object,
    call: Call | undefined,
  ): Promise<Rep | ReadyMade<Rep>> {
    const deadline = call?.deadline ?? Date.now() + serviceMilliseconds;
    const left = deadline - Date.now();
    if (left <= 0) throw commonRefusals.expired({});
    try {
      const head = this.headersFor(contract, call, deadline, traceparent);
      return answerIn<Rep>(await this.client.ask(contract.subject, payload, head, left));
    } catch (error) {
      throw asRefusal(error, contract.name);
    }
  }

  private headersFor(
    contract: RequestContract | InternalContract,
    call: Call | undefined,
    deadline: number,
    traceparent: string,
  ): MsgHdrs {
    const head = headers();
    head.set(headerNames.traceparent, traceparent);
    head.set(headerNames.deadline, String(deadline));
    head.set(headerNames.from, this.self);
    if (call?.token && contract.kind === 'request') head.set(headerNames.token, call.token);
    if (call?.idempotencyKey) head.set(headerNames.idempotencyKey, call.idempotencyKey);
    if (call?.ifMatch) head.set(headerNames.ifMatch, call.ifMatch);
    if (call?.address) head.set(headerNames.address, call.address);
    if (call?.language) head.set(headerNames.language, call.language);
    return head;
  }
}

const readOf = <Rep extends object>(answer: Rep | ReadyMade<Rep>): Rep =>
  answer instanceof ReadyMade ? answer.read() : answer;

/** @throws what was answered instead. */
function answerIn<Rep extends object>(message: Msg): Rep | ReadyMade<Rep> {
  const readyMade = ReadyMade.in<Rep>(message);
  if (readyMade) return readyMade;
  const { response, err } = message.json<Envelope<Rep>>();
  if (response === undefined) throw err as Error;
  return response;
}

function asRefusal(error: unknown, contract: string): Error {
  if (error instanceof Refusal) return error;
  if (typeof error === 'object' && error !== null) {
    if ('refusal' in error) return new Refusal(error.refusal as RefusalBody);
    if ('fault' in error) return new Fault(`${contract} failed`);
  }
  // no responders, no answer in time, connection lost: nobody is known to have done anything, the client may retry
  return commonRefusals.unavailable({});
}
