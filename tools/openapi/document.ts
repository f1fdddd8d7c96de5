import { declaredRefusals, Finding } from '@shidang/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas } from './areas';
import { readComments } from './comments';
import { Components } from './components';
import { gatewayRoutes, statusOf, type Route } from './gateway-routes';
import { operationOf } from './operation';
import { refTo, type Schema } from './schemas';

const text = (description?: string): Schema => ({ type: 'string', ...(description ? { description } : {}) });

/** RFC 9457 as the gateway fills it (apps/gateway/src/problem/problem.ts). */
const problem: Schema = {
  type: 'object',
  description: 'application/problem+json (RFC 9457)',
  properties: {
    type: text('Where the code is explained'),
    title: text(),
    status: { type: 'integer' },
    detail: text('What is wrong and how to mend it, in the language of Accept-Language (zh, en)'),
    instance: text(),
    code: text('Stable; see x-refusals'),
    traceId: text('For the operator'),
    errors: { type: 'array', items: refTo(Finding) },
  },
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
};

const headerParameter = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', maxLength: 200 },
});

function pathsOf(prefix: string, routes: Route[], operation: (route: Route) => object): Record<string, object> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    (paths[`/${prefix}${route.path}`] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return paths;
}

const refusalStatuses = () =>
  Object.fromEntries(
    [...declaredRefusals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, { kind }]) => [code, statusOf[kind].status]),
  );

/** The whole API, from the routes of the gateway and the contracts they serve. `root` is the checkout. */
export function buildDocument(root: string): object {
  const { prefix, routes } = gatewayRoutes();
  const comments = readComments(join(root, 'libs/contracts/src'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const components = new Components(comments);
  const paths = pathsOf(prefix, routes, (route) => operationOf(route, components, comments));
  components.refer(Finding, 'reply');
  return {
    openapi: '3.1.0',
    info: {
      title: '师档 Shidang API',
      version,
      description: '一人一号，两级审核，五级可见。One record per teacher, reviewed twice, visible at five tiers.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: Object.values(areas).map(({ tag, zh }) => ({ name: tag, description: zh })),
    paths,
    components: {
      schemas: { ...components.all(), Problem: problem },
      responses: {
        Problem: {
          description: '拒绝或故障 Refused or failed',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      parameters: {
        IdempotencyKey: headerParameter(
          'Idempotency-Key',
          'The same key and body are done once and answered alike for 24 h',
        ),
        IfMatch: headerParameter(
          'If-Match',
          'The ETag that was read; without it 428, when it is stale 412, where a version is needed',
        ),
      },
      headers: {
        ETag: { description: 'Version of what was answered, for If-Match', schema: { type: 'string' } },
        Location: { description: 'Where it is', schema: { type: 'string' } },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of POST /sessions' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'shidang_session',
          description: 'Browsers; writes also send x-csrf-token with the value of the cookie shidang_csrf',
        },
      },
    },
    'x-refusals': refusalStatuses(),
  };
}

export const printed = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;
