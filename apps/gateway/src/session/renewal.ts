import { gatewayMilliseconds } from '@shidang/bus';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Admission } from '../admission/admission';
import { sessionTokenOf, visitOf } from '../serve/visit';
import { Sessions } from './sessions';

/**
 * A file takes longer than one request may: before each piece the session is asked again, so that a caller token never
 * goes stale and somebody whose rights ended meanwhile (A6) does not get the rest.
 */
@Injectable()
export class Renewal {
  constructor(
    private readonly sessions: Sessions,
    private readonly admission: Admission,
  ) {}

  async renewed<T>(request: FastifyRequest, ask: () => Promise<T>): Promise<T> {
    const visit = visitOf(request);
    visit.call.deadline = Date.now() + gatewayMilliseconds;
    return this.admission.during(request, async () => {
      visit.session = await this.sessions.resolve(sessionTokenOf(request), visit.call);
      return ask();
    });
  }
}
