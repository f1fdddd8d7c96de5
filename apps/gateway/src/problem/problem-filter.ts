import { faultWords } from '@shidang/bus';
import { Catch, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { traceOf, visitOf } from '../serve/visit';
import { languageOf } from './language';
import { problemOf, refusalIn, retryAfter } from './problem';
import { safeHeaders } from './safe-headers';

export const problemType = 'application/problem+json; charset=utf-8';

/** Every "no" of the door, in the words of the reader. A fault tells its trace and nothing else. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Fault');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const traceId = traceOf(request);
    if (!refusalIn(error)) {
      const { words, frames } = faultWords(error);
      this.logger.error({ fault: words, frames, traceId });
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    // what is met before any hook (a path that cannot be decoded) has none yet
    if (!reply.hasHeader('x-content-type-options')) reply.headers(safeHeaders);
    const language = languageOf(request.headers['accept-language']);
    const problem = problemOf(error, language, request.url.split('?')[0] ?? '/', traceId);
    visitOf(request).problem = problem.code;
    const seconds = retryAfter(error);
    if (seconds !== undefined) reply.header('retry-after', String(seconds));
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="shidang"');
    // Fastify closes the line of who sends too much: still sending, he would lose the answer. `Bodies.letGo` bounds how long the rest is read
    if (problem.status === 413) reply.removeHeader('connection');
    for (const name of ['etag', 'link', 'location', 'content-disposition']) reply.removeHeader(name);
    reply.status(problem.status).header('content-language', language).header('content-type', problemType);
    reply.send(JSON.stringify(problem));
  }
}
