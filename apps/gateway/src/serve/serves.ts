import type { ReadyMade } from '@shidang/bus';
import type { ReadyMadeContract, RequestContract } from '@shidang/contracts';
import { createParamDecorator, HttpCode, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SERVES, type Served } from './serves-metadata';

/** What a route adds to its contract. */
export interface ServesTerms<Q extends object = object, R extends object = object> {
  /** 201 with `Location`, a path below the prefix. */
  readonly created?: (reply: R) => string;
  /** 202 with `Location`: the work goes on. */
  readonly accepted?: (reply: R) => string;
  /** Properties of the payload the gateway knows itself; a client may not send them. */
  readonly fills?: readonly (keyof Q & string)[];
  /** Open while the password must be changed first. */
  readonly whilePasswordExpired?: true;
  /** Not JSON: a file in, or a file out of this type. */
  readonly upload?: true;
  readonly download?: string;
  /** Server-sent events: the contract is asked again whenever something may have changed. */
  readonly stream?: true;
  /** Others that answer for what is at this path: the id does not say whose it is, so every one the caller may ask is asked. */
  readonly alsoBy?: readonly RequestContract<Q, R>[];
}

/** Asks the route's contract with what the request carries; `filled` are the properties the gateway fills. */
export type Ask<C> =
  C extends ReadyMadeContract<infer Q, infer R>
    ? Asking<Q, R | ReadyMade<R>>
    : C extends RequestContract<infer Q, infer R>
      ? Asking<Q, R>
      : never;

type Asking<Q extends object, R> = (filled?: Partial<Q>) => Promise<R>;
/** Whatever a route takes besides its `Ask` (request, reply) is its own business. */
type Serving<Q extends object, R> = (ask: Asking<Q, R>, ...rest: never[]) => Promise<unknown>;

/** A request as it stands before its route, where the `Ask` will stand. */
interface Arrived {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const Arrives = createParamDecorator((_: unknown, context: ExecutionContext): Arrived => {
  const http = context.switchToHttp();
  return { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>() };
});

type Method = (this: object, first: unknown, ...rest: unknown[]) => unknown;

/** Around the method itself: an interceptor would do the same through a handful of observables. */
const served = (by: Served, route: Method): Method =>
  function ({ request, reply }: Arrived, ...rest) {
    return request.server.serve.run(by, request, reply, (ask) => route.call(this, ask, ...rest));
  } as Method;

const statusFor = (terms: Pick<ServesTerms<never, never>, 'created' | 'accepted'>): number =>
  terms.created ? 201 : terms.accepted ? 202 : 200;

/**
 * One route for one contract: its place (L1), session, permission (first lock), payload, answer and refusals hang on this decorator.
 * The first parameter of the method is the `Ask`; a method whose types do not fit the contract does not compile.
 */
export function Serves<Q extends object, R extends object>(
  contract: ReadyMadeContract<Q, R>,
): <M extends Serving<Q, R | ReadyMade<R>>>(target: object, key: string, method: TypedPropertyDescriptor<M>) => void;
export function Serves<Q extends object, R extends object>(
  contract: RequestContract<Q, R>,
  terms?: ServesTerms<Q, R>,
): <M extends Serving<Q, R>>(target: object, key: string, method: TypedPropertyDescriptor<M>) => void;
export function Serves(contract: RequestContract, terms: ServesTerms = {}) {
  return <M>(target: object, key: string, method: TypedPropertyDescriptor<M>): void => {
    method.value = served({ contract, terms }, method.value as Method) as M;
    SetMetadata(SERVES, { contract, terms })(target, key, method);
    HttpCode(statusFor(terms))(target, key, method);
    Arrives()(target, key, 0);
  };
}
