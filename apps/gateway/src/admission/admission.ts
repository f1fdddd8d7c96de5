import { Crossing, TurnedAway, type Bounds } from '@shidang/bus';
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
import { LoopDelay } from './loop-delay';
import { patienceOf, type Place } from './patience';
import { RateLimits } from './rate-limits';
import { Refusals } from './refusals';
import { ShareTurnedAway } from './share-turned-away';
import { Width } from './width';

/** Open streams look again by themselves: few at once do. */
const streamsAtOnce = 8;
/** One service that stalls leaves a quarter of each lane to the others. */
const ownerShare = 0.75;
/** Fewer are never let in, so that a service that hangs cannot close the door to the others. */
const leastAtOnce = 8;
const leastLogIns = 2;
/** This process may be late by this part of `WAITING_MS`: nobody can be in time for whoever has waited longer in a socket. */
const lateness = 0.75;

const placeOf = ({ contract, terms }: Served): Place => (terms.stream ? 'stream' : contract.lane);

/**
 * Places at the door (L1). One is held while services work for a request, never while a client sends or reads: a slow
 * one costs a socket, not a place.
 */
@Injectable()
export class Admission {
  private readonly crossings: ReadonlyMap<Place, Crossing<Place>>;
  private readonly together: Crossing<Place>;
  private readonly widths: ReadonlyMap<Place, Width>;
  private readonly late: ShareTurnedAway;

  constructor(
    private readonly config: GatewayConfig,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly limits: RateLimits,
    private readonly refusals: Refusals,
    private readonly delay: LoopDelay,
    metrics: Metrics,
  ) {
    this.late = new ShareTurnedAway(config.WAITING_MS * lateness);
    const width = new Width({ least: Math.min(leastAtOnce, config.AT_ONCE), most: config.AT_ONCE });
    const logIns = new Width({ least: Math.min(leastLogIns, config.AT_ONCE_LOG_IN), most: config.AT_ONCE_LOG_IN });
    const together = (this.together = new Crossing<Place>({
      together: config.AT_ONCE,
      lanes: { write: config.AT_ONCE, read: config.AT_ONCE_READ, bulk: config.AT_ONCE_BULK } as Record<Place, number>,
      waiting: config.WAITING,
      ownerShare,
      atThisMoment: this.narrowedBy(width, 'write'),
    }));
    const alone = (place: Place, most: number, waiting: number, atThisMoment?: Bounds<Place>['atThisMoment']) =>
      new Crossing<Place>({ together: most, lanes: { [place]: most } as Record<Place, number>, waiting, atThisMoment });
    const { AT_ONCE_LOG_IN } = config;
    this.crossings = new Map<Place, Crossing<Place>>([
      ['write', together],
      ['read', together],
      ['bulk', together],
      ['log-in', alone('log-in', AT_ONCE_LOG_IN, AT_ONCE_LOG_IN, this.narrowedBy(logIns, 'log-in'))],
      ['stream', alone('stream', streamsAtOnce, config.MOST_STREAMS)],
    ]);
    this.widths = new Map<Place, Width>([
      ['write', width],
      ['read', width],
      ['log-in', logIns],
    ]);
    this.show(metrics);
  }

  /** Would be turned away whoever he is, by what method and path tell: nothing needs to be made of the request. */
  isShut(place: Place): boolean {
    this.late.learn(this.delay.milliseconds);
    // who goes last is turned away first
    return this.late.takes(place, place === 'read' ? 1 : 2) || this.crossings.get(place)!.isShut(place);
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
    // what was begun is finished if it can be: the rest of a file waits as long as a call may
    const patience = visit.admitted ? Math.max(0, visit.call.deadline - Date.now()) : this.patienceOf(place);
    const crossing = this.crossings.get(place)!;
    const { name, service } = served.contract;
    try {
      return await crossing.through(place, service, patience, async () => {
        visit.admitted = true;
        visit.inside = true;
        const beside = crossing.total - 1;
        const began = performance.now();
        try {
          const answer = await run();
          this.widths.get(place)?.learn(name, performance.now() - began, beside);
          return answer;
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

  /** Milliseconds. */
  private patienceOf(place: Place): number {
    return patienceOf(place, this.config, {
      stands: this.together.stands,
      late: this.delay.milliseconds,
      turnedAway: this.late.size,
      places: this.widths.get('write')!.places,
      taken: this.together.total,
    });
  }

  /** As many wait as can be let in before they lose patience. */
  private narrowedBy(width: Width, place: Place): Bounds<Place>['atThisMoment'] {
    return () => {
      const soon = (width.places * this.patienceOf(place)) / width.milliseconds;
      return { together: width.places, waiting: Number.isFinite(soon) ? Math.ceil(soon) : Infinity };
    };
  }

  private show(metrics: Metrics): void {
    const { crossings, widths } = this;
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
    new Gauge({
      name: 'shidang_gateway_places',
      help: 'Places the door has found worth their while, by lane',
      labelNames: ['lane'] as const,
      registers: [metrics.registry],
      collect() {
        for (const [lane, width] of widths) this.set({ lane }, width.places);
      },
    });
    const late = this.late;
    new Gauge({
      name: 'shidang_gateway_share_turned_away',
      help: 'Share of requests turned away because this process is late, 0 to 1',
      registers: [metrics.registry],
      collect() {
        this.set(late.size);
      },
    });
  }
}
