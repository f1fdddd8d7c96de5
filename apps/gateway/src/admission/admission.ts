import { Crossing, TurnedAway } from '@shidang/bus';
import { Metrics } from '@shidang/service-host/gateway';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { GatewayConfig } from '../gateway.config';
import { gatewayRefusals } from '../problem/gateway-refusals';
import type { Served } from '../serve/serves-metadata';
import { visitOf } from '../serve/visit';
import { SessionCookie } from '../session/session-cookie';
import { Sessions } from '../session/sessions';
import { RateLimits } from './rate-limits';
import { Refusals } from './refusals';

type Place = 'write' | 'read' | 'bulk' | 'log-in' | 'stream';

/** Open streams look again by themselves: few at once do, and they may wait. */
const streamsAtOnce = 8;
const streamPatience = 5_000;
/** One service that stalls leaves a quarter of each lane to the others. */
const ownerShare = 0.75;

const placeOf = ({ contract, terms }: Served): Place => (terms.stream ? 'stream' : contract.lane);

/**
 * Places at the door (L1). One is held while services work for a request, never while a client sends or reads: a slow
 * one costs a socket, not a place.
 */
@Injectable()
export class Admission {
  private readonly crossings: ReadonlyMap<Place, Crossing<Place>>;

  constructor(
    private readonly config: GatewayConfig,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly limits: RateLimits,
    private readonly refusals: Refusals,
    metrics: Metrics,
  ) {
    const waiting = config.WAITING;
    const together = new Crossing<Place>({
      together: config.AT_ONCE,
      lanes: { write: config.AT_ONCE, read: config.AT_ONCE_READ, bulk: config.AT_ONCE_BULK } as Record<Place, number>,
      waiting,
      ownerShare,
    });
    const alone = (place: Place, most: number, queue: number) =>
      new Crossing<Place>({ together: most, lanes: { [place]: most } as Record<Place, number>, waiting: queue });
    this.crossings = new Map<Place, Crossing<Place>>([
      ['write', together],
      ['read', together],
      ['bulk', together],
      ['log-in', alone('log-in', config.AT_ONCE_LOG_IN, config.AT_ONCE_LOG_IN)],
      ['stream', alone('stream', streamsAtOnce, config.MOST_STREAMS)],
    ]);
    this.show(metrics);
  }

  /** Before the body: who would be turned away or has asked too often is told so without anything being read. */
  greet(served: Served, request: FastifyRequest, reply: FastifyReply): void {
    const visit = visitOf(request);
    visit.served = served;
    const place = placeOf(served);
    const { contract } = served;
    if (contract.permission === 'public') this.limits.countStranger(request.ip, place, reply);
    else {
      const caller = this.sessions.lastKnown(this.cookie.claimedIn(request) ?? '');
      if (caller) {
        visit.counted = true;
        this.limits.countRequest(caller, place, reply);
      }
    }
    if (this.crossings.get(place)!.isHopeless(place, contract.service)) throw this.refused(place, 'full');
  }

  /** Runs what asks services in a place of the request's lane; inside one it already has. */
  async during<T>(request: FastifyRequest, run: () => Promise<T>): Promise<T> {
    const visit = visitOf(request);
    const { served } = visit;
    if (visit.inside || !served) return run();
    const place = placeOf(served);
    const patience = visit.admitted
      ? // what was begun is finished if it can be: the rest of a file waits as long as a call may
        Math.max(0, visit.call.deadline - Date.now())
      : place === 'stream'
        ? streamPatience
        : this.config.WAITING_MS;
    try {
      return await this.crossings.get(place)!.through(place, served.contract.service, patience, async () => {
        visit.admitted = true;
        visit.inside = true;
        try {
          return await run();
        } finally {
          visit.inside = false;
        }
      });
    } catch (error) {
      throw error instanceof TurnedAway ? this.refused(place, error.why) : error;
    }
  }

  /** Who it is has been asked: counted now, if it was not known before. */
  countOnce(request: FastifyRequest, reply: FastifyReply): void {
    const visit = visitOf(request);
    if (visit.counted || !visit.session || !visit.served) return;
    visit.counted = true;
    this.limits.countRequest(visit.session.caller, placeOf(visit.served), reply);
  }

  refused(place: string, reason: string) {
    this.refusals.count(place, reason);
    return gatewayRefusals.overloaded({});
  }

  private show(metrics: Metrics): void {
    const crossings = this.crossings;
    const of = (name: string, help: string, read: (crossing: Crossing<Place>, place: Place) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['lane'] as const,
        registers: [metrics.registry],
        collect() {
          for (const [lane, crossing] of crossings) this.set({ lane }, read(crossing, lane));
        },
      });
    of('shidang_gateway_waiting', 'Requests waiting for a place, by lane', (each, lane) => each.waitingIn(lane));
    of('shidang_gateway_in_flight', 'Requests services work for, by lane', (each, lane) => each.insideOf(lane));
  }
}
