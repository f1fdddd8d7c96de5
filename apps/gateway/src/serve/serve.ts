import { allows } from '@shidang/access';
import { BusClient, withCall, type Call } from '@shidang/bus';
import { Refusal, type RequestContract } from '@shidang/contracts';
import { Metrics } from '@shidang/service-host/gateway';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Admission } from '../admission/admission';
import { gatewayRefusals } from '../problem/gateway-refusals';
import { dress } from './answer';
import { askOwners } from './ask-owners';
import { idempotencyKeyOf, ifMatchOf } from './conditions';
import { FirstLock } from './first-lock';
import { payloadOf } from './payload';
import type { Served } from './serves-metadata';
import { visitOf } from './visit';

declare module 'fastify' {
  interface FastifyInstance {
    /** Put there by the door: what `@Serves` wraps around a route asks for it. */
    serve: Serve;
  }
}

/** A route's own code, given its `Ask`. */
export type RouteCode = (ask: unknown) => unknown;

/** The generic path of every route: request → payload → contract → answer. */
@Injectable()
export class Serve {
  constructor(
    private readonly bus: BusClient,
    private readonly metrics: Metrics,
    private readonly admission: Admission,
    private readonly lock: FirstLock,
  ) {}

  async run(served: Served, request: FastifyRequest, reply: FastifyReply, route: RouteCode): Promise<unknown> {
    const visit = visitOf(request);
    const stop = this.metrics.calls.startTimer({ contract: served.contract.name });
    let result = 'fault';
    try {
      visit.served = served;
      const { upload, download, stream } = served.terms;
      const handle = () => this.handle(served, request, route);
      const enter = async () => {
        await this.lock.open(served, request);
        this.admission.countOnce(request, reply);
      };
      // a file or a stream takes as long as the client likes: only its pieces take a place
      const answer = await (upload || download || stream
        ? this.admission.during(request, enter).then(handle)
        : this.admission.during(request, () => enter().then(handle)));
      result = 'done';
      return dress(served, answer, request, reply);
    } catch (error) {
      if (error instanceof Refusal) result = error.body.code;
      throw error;
    } finally {
      stop({ result });
    }
  }

  private async handle(served: Served, request: FastifyRequest, route: RouteCode): Promise<unknown> {
    const call = this.callFor(served.contract, request);
    if (request.isMultipart() && !served.terms.upload) throw gatewayRefusals.mediaType({ wanted: 'application/json' });
    return withCall(call, () => route(this.asking(served, request)));
  }

  private callFor(contract: RequestContract, request: FastifyRequest): Call {
    const { call, session } = visitOf(request);
    return {
      ...call,
      token: session?.callerToken,
      idempotencyKey: contract.effect === 'write' ? idempotencyKeyOf(request) : undefined,
      ifMatch: ifMatchOf(request),
      contract: contract.name,
    };
  }

  /** The call is made when the route asks: a route that receives a file first renews its session and deadline. */
  private asking({ contract, terms }: Served, request: FastifyRequest) {
    return (filled: object = {}) => {
      const payload = payloadOf(contract, terms.fills ?? [], {
        method: request.method,
        params: request.params as Record<string, unknown>,
        query: request.query as Record<string, unknown>,
        body: request.body,
      });
      const ask = (one: RequestContract) => {
        const [asked, call] = [{ ...payload, ...filled }, this.callFor(one, request)];
        return one.readyMade ? this.bus.requestUnread(one, asked, call) : this.bus.request(one, asked, call);
      };
      const caller = visitOf(request).session?.caller;
      const others =
        terms.alsoBy?.filter((one) => caller && one.permission !== 'public' && allows(caller, one.permission)) ?? [];
      // one place at the door, however many are asked
      return this.admission.during(request, () =>
        others.length === 0 ? ask(contract) : askOwners([contract, ...others].map((one) => () => ask(one))),
      );
    };
  }
}
