import { Metrics } from '@shidang/service-host/gateway';
import { enter, isRecording, unrecorded } from '@shidang/tracing';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Histogram } from 'prom-client';
import { fault } from '../problem/status';
import type { Served } from './serves-metadata';
import { visitOf, type Visit } from './visit';

/** Shows each request to a route in traces and metrics: where, how long, how it ended. Never what stood in path, query or body. */
@Injectable()
export class Watch {
  private readonly requests: Histogram<'route' | 'status'>;

  constructor(metrics: Metrics) {
    this.requests = new Histogram({
      name: 'shidang_http_seconds',
      help: 'Time from a request to the end of its answer, by route and status; event streams are left out',
      labelNames: ['route', 'status'] as const,
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [metrics.registry],
    });
  }

  begin({ contract, terms }: Served, request: FastifyRequest, reply: FastifyReply): void {
    const visit = visitOf(request);
    const route = `${request.method} ${request.routeOptions.url}`;
    const given = request.headers['traceparent'];
    const step = enter(typeof given === 'string' ? given : undefined, {
      name: route,
      kind: 'server',
      attributes: {
        'http.request.method': request.method,
        'http.route': request.routeOptions.url,
        'shidang.contract': contract.name,
      },
    });
    const { traceparent } = visit.call;
    // not recorded here: then by nobody further on either
    const goingOn = step?.traceparent ?? (isRecording() ? unrecorded(traceparent) : traceparent);
    visit.call = { ...visit.call, traceparent: goingOn };
    const stop = this.requests.startTimer();
    reply.raw.once('close', () => {
      const { statusCode } = reply.raw;
      if (!terms.stream) stop({ route, status: String(statusCode) });
      step?.note({ 'http.response.status_code': statusCode });
      step?.end(endOf(visit));
    });
  }
}

/** A refusal is an answer; only a fault counts as an error. */
function endOf({ problem }: Visit): object | undefined {
  if (problem === undefined) return undefined;
  return problem === fault.code ? { code: problem } : { body: { code: problem } };
}
