import type { Caller } from '@shidang/access';
import { gatewayMilliseconds, type Call } from '@shidang/bus';
import { commonRefusals } from '@shidang/contracts';
import { nextSpan, traceIdOf } from '@shidang/tracing';
import type { FastifyRequest } from 'fastify';
import type { Session } from '../session/sessions';
import type { Served } from './serves-metadata';

/** One HTTP request on its way through the door. */
export interface Visit {
  call: Call;
  session?: Session;
  /** The route's contract, once it is known. */
  served?: Served;
  /** How it stands with the limits of L1 (`admission`). */
  admitted?: boolean;
  inside?: boolean;
  counted?: boolean;
  /** Code of the refusal or fault that was answered. */
  problem?: string;
}

const visits = new WeakMap<FastifyRequest, Visit>();

function begin(request: FastifyRequest): Visit {
  const given = request.headers['traceparent'];
  return {
    call: {
      traceparent: nextSpan(typeof given === 'string' ? given : undefined),
      deadline: Date.now() + gatewayMilliseconds,
      address: request.ip,
      language: request.headers['accept-language']?.slice(0, 200),
    },
  };
}

/** Begun when the request arrives, so that the deadline (L2) counts from there. */
export function visitOf(request: FastifyRequest): Visit {
  let visit = visits.get(request);
  if (!visit) visits.set(request, (visit = begin(request)));
  return visit;
}

export const traceOf = (request: FastifyRequest): string => traceIdOf(visitOf(request).call.traceparent);

/** The session this request came with; only routes behind the first lock have one. */
export function sessionOf(request: FastifyRequest): Session {
  const { session } = visitOf(request);
  if (!session) throw commonRefusals.unauthenticated({});
  return session;
}

export const callerOf = (request: FastifyRequest): Caller => sessionOf(request).caller;

export const sessionTokenOf = (request: FastifyRequest): string => sessionOf(request).token;
