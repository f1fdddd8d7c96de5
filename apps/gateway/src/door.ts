import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Door } from '@shidang/service-host/gateway';
import fastifyMultipart from '@fastify/multipart';
import { mostFileBytes } from '@shidang/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestListener } from 'node:http';
import { Admission } from './admission/admission';
import { Bodies } from './admission/bodies';
import { Doorstep } from './admission/doorstep';
import { mostJsonBytes, strictJson } from './body/strict-json';
import { serveDocs } from './docs/serve-docs';
import { GatewayConfig } from './gateway.config';
import { controllers, GatewayModule } from './gateway.module';
import { ProblemFilter } from './problem/problem-filter';
import { headersFor } from './problem/safe-headers';
import { refuseUnparsed } from './problem/unparsed-request';
import { prefix } from './serve/answer';
import { Serve } from './serve/serve';
import { describeRoutes, servedAt } from './serve/routes';
import { visitOf } from './serve/visit';
import { Watch } from './serve/watch';
import { serveWeb } from './web/serve-web';

const clientMilliseconds = 15_000;

function adapter(config: GatewayConfig): FastifyAdapter {
  const problems = new ProblemFilter();
  const headers = headersFor(config);
  return new FastifyAdapter({
    bodyLimit: mostJsonBytes,
    requestTimeout: 300_000,
    // nothing said for so long; streams say something every 15 s
    connectionTimeout: 60_000,
    keepAliveTimeout: clientMilliseconds,
    maxRequestsPerSocket: 10_000,
    http: { headersTimeout: config.HEADERS_MS, connectionsCheckingInterval: Math.min(config.HEADERS_MS, 5_000) },
    forceCloseConnections: 'idle',
    // a request that came in time is answered, also while closing
    return503OnClosing: false,
    trustProxy: config.TRUSTED_PROXIES ? config.TRUSTED_PROXIES.split(',').map((address) => address.trim()) : false,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: refuseUnparsed,
    // a path that cannot even be decoded is met before any route, hook or filter
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      problems.answer(error, request, reply.headers(headers)),
  });
}

async function prepare(app: NestFastifyApplication, config: GatewayConfig): Promise<void> {
  const routes = describeRoutes(controllers);
  const served = servedAt(routes);
  const always = headersFor(config);
  app.setGlobalPrefix(prefix);
  app.useGlobalFilters(new ProblemFilter());
  const fastify = app.getHttpAdapter().getInstance();
  fastify.decorate('serve', app.get<Serve>(Serve));
  const [bodies, watch, admission] = [app.get(Bodies), app.get(Watch), app.get(Admission)];
  fastify.addHook('onRequest', (request, reply, done) => {
    visitOf(request);
    reply.headers(always);
    bodies.letGo(request.raw, reply.raw);
    const here = served(request);
    if (here) {
      watch.begin(here, request, reply);
      admission.greet(here, request, reply);
      bodies.expect(here.contract.lane, request, reply);
    }
    done();
  });
  fastify.server.maxConnections = config.MOST_SOCKETS;
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, strictJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  await app.register(fastifyMultipart, {
    limits: { fileSize: mostFileBytes + 1, files: 1, fields: 0, parts: 1, headerPairs: 20 },
    throwFileSizeLimit: false,
  });
  serveDocs(fastify);
  await serveWeb(fastify);
  const [handle] = fastify.server.listeners('request') as RequestListener[];
  fastify.server.removeAllListeners('request').on('request', app.get(Doorstep).before(handle!, routes));
}

export const door: Door<GatewayConfig> = {
  module: GatewayModule,
  config: GatewayConfig,
  adapter,
  prepare,
  listen: ({ PORT: port, HOST: host }) => ({ port, host }),
  drainSeconds: ({ DRAIN_SECONDS }) => DRAIN_SECONDS,
};
