import type { Permission } from '@shidang/access';

/** The five services that answer requests and tell events; the gateway only asks. */
export const serviceNames = ['identity', 'records', 'review', 'reporting', 'notifications'] as const;
export type ServiceName = (typeof serviceNames)[number];
/** Who may stand at the other end of an internal request. */
export type Asker = ServiceName | 'gateway';

export type PayloadClass<T extends object> = new () => T;

/** `public` needs no session (log-in, activation); everything else names the permission of libs/access. */
export type ContractPermission = Permission | 'public';

/**
 * Who goes first when more is asked than can be done (L1), first to last: somebody waits with something written, somebody
 * waits to see, files and reports. `log-in` stands apart: what hashes a password is bounded by itself.
 */
export type Lane = 'write' | 'read' | 'bulk' | 'log-in';

/** What both kinds of request have in common. */
interface Answered<Req extends object, Rep extends object> {
  /** `<service>.<noun>.<verb>` as declared. */
  readonly name: string;
  readonly service: ServiceName;
  /** NATS subject, with its root (`rpc.` or `int.`) put on here and nowhere else. */
  readonly subject: string;
  /** A write is audited and idempotent; a read runs in a read-only transaction. */
  readonly effect: 'read' | 'write';
  readonly request: PayloadClass<Req>;
  readonly reply: PayloadClass<Rep>;
}

/** A request on behalf of a caller, answered now. */
export interface RequestContract<Req extends object = object, Rep extends object = object> extends Answered<Req, Rep> {
  readonly kind: 'request';
  readonly permission: ContractPermission;
  /** `never`: a repeat with the same Idempotency-Key is refused instead of answered (log-in, slips, unmasking: W4). */
  readonly replay: 'answer' | 'never';
  /** Follows from the effect unless it is declared: a contract cannot be without. */
  readonly lane: Lane;
  readonly readyMade?: true;
}

/**
 * A read whose answer is JSON text the database has made: it crosses as bytes that nobody builds, encodes or reads on its way to whoever asked.
 * Only for answers that HTTP has nothing to take from: no `etag`, no `page`.
 */
export interface ReadyMadeContract<Req extends object = object, Rep extends object = object> extends RequestContract<
  Req,
  Rep
> {
  readonly readyMade: true;
}

/** One service asks another without a user; `from` is what deploy/nats grants. */
export interface InternalContract<Req extends object = object, Rep extends object = object> extends Answered<Req, Rep> {
  readonly kind: 'internal';
  readonly from: readonly Asker[];
}

/** A fact in the past tense on JetStream. */
export interface EventContract<F extends object = object> {
  readonly kind: 'event';
  readonly name: string;
  readonly service: ServiceName;
  readonly subject: string;
  readonly fact: PayloadClass<F>;
}

export type AnyContract = RequestContract | InternalContract | EventContract;

function serviceOf(name: string, form: RegExp): ServiceName {
  const service = name.split('.')[0] as ServiceName;
  if (!form.test(name) || !serviceNames.includes(service))
    throw new Error(`contract name "${name}" is not well formed`);
  return service;
}

const requestForm = /^[a-z]+\.[a-z-]+(\.[a-z-]+)*\.[a-z-]+$/;
const eventForm = /^[a-z]+\.[a-z]+(-[a-z]+)+$/;

interface Terms<Req extends object, Rep extends object> {
  permission: ContractPermission;
  effect: 'read' | 'write';
  request: PayloadClass<Req>;
  reply: PayloadClass<Rep>;
  replay?: 'answer' | 'never';
  lane?: 'bulk' | 'log-in';
}

type ReadyMadeTerms<Req extends object, Rep extends object> = Pick<
  Terms<Req, Rep>,
  'permission' | 'request' | 'reply'
> & { effect: 'read'; readyMade: true };

/** Declares a caller's request: subject `rpc.<name>`. */
export function request<Req extends object, Rep extends object>(
  name: string,
  terms: ReadyMadeTerms<Req, Rep>,
): ReadyMadeContract<Req, Rep>;
export function request<Req extends object, Rep extends object>(
  name: string,
  terms: Terms<Req, Rep>,
): RequestContract<Req, Rep>;
export function request<Req extends object, Rep extends object>(
  name: string,
  terms: Terms<Req, Rep> & { readyMade?: true },
): RequestContract<Req, Rep> {
  const service = serviceOf(name, requestForm);
  const { replay = 'answer', lane = terms.effect } = terms;
  return { kind: 'request', name, service, subject: `rpc.${name}`, ...terms, replay, lane };
}

/** Declares a request between services: subject `int.<name>`. */
export function internal<Req extends object, Rep extends object>(
  name: string,
  terms: {
    from: readonly Asker[];
    effect: 'read' | 'write';
    request: PayloadClass<Req>;
    reply: PayloadClass<Rep>;
  },
): InternalContract<Req, Rep> {
  return { kind: 'internal', name, service: serviceOf(name, requestForm), subject: `int.${name}`, ...terms };
}

/** Declares a fact: subject `evt.<name>`, on the stream of its service. */
export function event<F extends object>(name: string, fact: PayloadClass<F>): EventContract<F> {
  return { kind: 'event', name, service: serviceOf(name, eventForm), subject: `evt.${name}`, fact };
}
