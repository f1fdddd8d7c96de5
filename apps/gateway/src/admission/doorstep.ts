import { newTrace, traceIdOf } from '@shidang/bus';
import { Injectable } from '@nestjs/common';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { GatewayConfig } from '../gateway.config';
import { gatewayRefusals } from '../problem/gateway-refusals';
import { languageOf } from '../problem/language';
import { problemOf, retryAfter } from '../problem/problem';
import { problemType } from '../problem/problem-filter';
import { headersFor } from '../problem/safe-headers';
import { prefix } from '../serve/answer';
import type { Route } from '../serve/routes';
import { Admission } from './admission';
import { type Place } from './patience';
import { Bodies } from './bodies';
import { Refusals } from './refusals';

const refusal = gatewayRefusals.overloaded({});
/** Made once: a refusal that is thrown costs several times what it says. */
const words = { zh: problemOf(refusal, 'zh', '', ''), en: problemOf(refusal, 'en', '', '') };

/**
 * Says no before anything is made of a request: at ten times what can be done it is the "no" that has to be cheap, or the
 * door is busy saying it and those it has let in wait with the others.
 */
@Injectable()
export class Doorstep {
  private logIns: ReadonlySet<string> = new Set();

  constructor(
    private readonly config: GatewayConfig,
    private readonly admission: Admission,
    private readonly bodies: Bodies,
    private readonly refusals: Refusals,
  ) {}

  /** Stands before what handles requests of this server so far. */
  before(handle: RequestListener, routes: readonly Route[]): RequestListener {
    const paths = routes.filter(({ contract }) => contract.lane === 'log-in').map(({ path }) => `/${prefix}${path}`);
    if (paths.some((path) => path.includes('{'))) throw new Error('log-ins are known by their path alone');
    this.logIns = new Set(paths);
    return (request, response) => {
      const place = this.placeOf(request);
      if (place && this.admission.isShut(place)) this.refuse(place, request, response);
      else handle(request, response);
    };
  }

  /** Where it would stand, as far as a glance tells: a report passes for a read and is met by its own bounds further in. */
  private placeOf({ method, url = '' }: IncomingMessage): Place | undefined {
    if (!url.startsWith(`/${prefix}/`)) return undefined;
    if (method === 'GET' || method === 'HEAD') return 'read';
    return this.logIns.has(url) ? 'log-in' : 'write';
  }

  private refuse(place: Place, request: IncomingMessage, response: ServerResponse): void {
    this.refusals.count(place, 'shut');
    const language = languageOf(request.headers['accept-language']);
    const instance = request.url!.split('?')[0]!;
    const problem = { ...words[language], instance, traceId: traceIdOf(newTrace()) };
    const body = JSON.stringify(problem);
    this.bodies.letGo(request, response);
    response
      .writeHead(problem.status, {
        ...headersFor(this.config),
        'retry-after': String(retryAfter(refusal)),
        'content-language': language,
        'content-type': problemType,
        'content-length': Buffer.byteLength(body),
      })
      .end(request.method === 'HEAD' ? undefined : body);
  }
}
