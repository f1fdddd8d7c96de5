import {
  commonRefusals,
  Refusal,
  type Asker,
  type InternalContract,
  type RefusalBody,
  type RequestContract,
  type ServiceName,
} from '@shidang/contracts';
import { ClientNats, NatsRecordBuilder } from '@nestjs/microservices';
import { currentTrace, during, follow, newTrace, nextSpan } from '@shidang/tracing';
import { headers, type MsgHdrs, type NatsConnection } from 'nats';
import { filter, firstValueFrom, lastValueFrom, map, raceWith, Subject, timeout, TimeoutError } from 'rxjs';
import { currentCall, headerNames, serviceMilliseconds, type Call } from './call';

/** The other side failed in a way it has no words for. Never carries its stack. */
export class Fault extends Error {
  override name = 'Fault';
}

/** How long a request waits for a connection that is being made again. */
const reconnectMilliseconds = 1_500;

/** Asks contracts over NATS and turns what comes back into a reply or a Refusal. */
export class BusClient {
  private readonly lost = new Subject<void>();

  constructor(
    private readonly client: ClientNats,
    private readonly self: Asker,
  ) {
    client.status.pipe(filter((status) => status === 'disconnected')).subscribe(() => this.lost.next());
  }

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

  /** Hears hints about one thing of a service. Returns the end of it. */
  onHint(service: ServiceName, what: string, id: string, listener: () => void): () => void {
    const subscription = this.client
      .unwrap<NatsConnection>()
      .subscribe(`hint.${service}.${what}.${id}`, { callback: () => listener() });
    return () => subscription.unsubscribe();
  }

  /**
   * A request on behalf of the signed caller. `call` is given by the gateway; a service passes none and asks on with
   * the call it is in: same caller token, same deadline, one span further.
   */
  request<Req extends object, Rep extends object>(
    contract: RequestContract<Req, Rep>,
    payload: Req,
    call?: Call,
  ): Promise<Rep> {
    return this.send(contract, payload, call ?? currentCall());
  }

  /** A request of this service itself. */
  ask<Req extends object, Rep extends object>(contract: InternalContract<Req, Rep>, payload: Req): Promise<Rep> {
    return this.send(contract, payload, currentCall());
  }

  private send<Rep>(
    contract: RequestContract | InternalContract,
    payload: object,
    call: Call | undefined,
  ): Promise<Rep> {
    const { name, service } = contract;
    const attributes = { 'rpc.system': 'nats', 'rpc.service': service, 'rpc.method': name };
    const from = call?.traceparent ?? currentTrace();
    const step = follow(from, { name: `ask ${name}`, kind: 'client', attributes });
    const traceparent = step?.traceparent ?? (from ? nextSpan(from) : newTrace());
    return during(step, () => this.sendOn(traceparent, contract, payload, call));
  }

  private async sendOn<Rep>(
    traceparent: string,
    contract: RequestContract | InternalContract,
    payload: object,
    call: Call | undefined,
  ): Promise<Rep> {
    const deadline = call?.deadline ?? Date.now() + serviceMilliseconds;
    const left = deadline - Date.now();
    if (left <= 0) throw commonRefusals.expired({});
    const record = new NatsRecordBuilder(payload)
      .setHeaders(this.headersFor(contract, call, deadline, traceparent))
      .build();
    // an answer that was on its way over a connection that broke does not come any more
    const lost$ = this.lost.pipe(map(() => throwUnavailable()));
    try {
      await this.reconnected(Math.min(left, reconnectMilliseconds));
      return await lastValueFrom(this.client.send<Rep>(contract.subject, record).pipe(timeout(left), raceWith(lost$)));
    } catch (error) {
      throw asRefusal(error, contract.name);
    }
  }

  /** The next of several NATS nodes is a few milliseconds away: nobody is refused for that. */
  private async reconnected(milliseconds: number): Promise<void> {
    await this.client.connect().catch(() => undefined);
    const connected$ = this.client.status.pipe(filter((status) => status === 'connected'));
    await firstValueFrom(connected$.pipe(timeout(milliseconds)));
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

function throwUnavailable(): never {
  throw commonRefusals.unavailable({});
}

function asRefusal(error: unknown, contract: string): Error {
  if (error instanceof Refusal) return error;
  if (error instanceof TimeoutError) return commonRefusals.unavailable({});
  if (typeof error === 'object' && error !== null) {
    if ('refusal' in error) return new Refusal(error.refusal as RefusalBody);
    if ('fault' in error) return new Fault(`${contract} failed`);
  }
  // no responders, connection lost: nobody did anything, the client may retry
  return commonRefusals.unavailable({});
}
