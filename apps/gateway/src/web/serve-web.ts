import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';

type Fastify = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** The web apps, each below its own path. */
export const webApps = ['console', 'me'] as const;

/** `dist/web`, where tools/dev/build-web.mjs puts them; found from the sources and from `dist/` alike. */
const built = [join(__dirname, '../../../../web'), join(__dirname, '../../../../dist/web')];

/**
 * Own scripts only, none inline. Style attributes and sheets made at run time are allowed: antd writes its styles so.
 * Requests go to our own origin, pictures may be data (QR codes), nothing may frame us.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const year = 365 * 24 * 3600;

/** Serves `dist/web/<app>` at `/<app>/`: hashed files for a year, precompressed; every other path below is the app's page. */
export async function serveWeb(fastify: Fastify): Promise<void> {
  fastify.get('/', ({ headers }, reply) =>
    reply
      .header('vary', 'sec-ch-ua-mobile, user-agent')
      .header('cache-control', 'no-cache')
      .redirect(isPhone(headers) ? '/me/' : '/console/'),
  );
  for (const app of webApps) {
    const root = built.map((dir) => join(dir, app)).find((dir) => existsSync(join(dir, 'index.html')));
    if (root) await serveApp(fastify, app, root);
    else fastify.log.warn(`${app} is not built: node tools/dev/build-web.mjs`);
  }
}

/** What says of itself that it is a phone comes to the phone app; who works elsewhere is shown the way there. */
const isPhone = (headers: IncomingHttpHeaders): boolean =>
  headers['sec-ch-ua-mobile'] === '?1' || /\bMobi/.test(headers['user-agent'] ?? '');

async function serveApp(fastify: Fastify, app: string, root: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: `/${app}/assets/`,
    decorateReply: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.header('cache-control', `public, max-age=${year}, immutable`);
      reply.header('content-security-policy', pagePolicy);
    },
  });
  fastify.get(`/${app}`, (_request, reply) => reply.redirect(`/${app}/`));
  if (existsSync(join(root, 'worker.js')))
    fastify.get(`/${app}/worker.js`, async (_request, reply) =>
      reply
        .header('content-type', 'text/javascript; charset=utf-8')
        .header('content-security-policy', pagePolicy)
        .header('cache-control', 'no-cache')
        .send(await readFile(join(root, 'worker.js'))),
    );
  fastify.get(`/${app}/*`, async (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy)
      .header('cache-control', 'no-cache')
      // read each time: the page names the files of its build, and a new build must not need a restart
      .send(await readFile(join(root, 'index.html'))),
  );
}
