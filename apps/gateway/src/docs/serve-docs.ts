import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiDocument } from './api-document';
import { docsPage } from './docs-page';
import { refusalsPage } from './refusals-page';
import { docsStyle } from './docs-style';

type Fastify = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** Own style sheet, no script at all: the pages read the same without a network. */
const pagePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Beside `src/`, here and in `dist/`; absent only before tools/openapi ran for the first time. */
const committed = join(__dirname, '../../openapi.json');

/** `/api/openapi.json` as committed, and the same for human readers at `/docs`. */
export function serveDocs(fastify: Fastify): void {
  const json = existsSync(committed) ? readFileSync(committed, 'utf8') : '{"paths":{}}';
  const document = JSON.parse(json) as ApiDocument;
  const show = (path: string, type: string, content: string) =>
    fastify.get(path, (_request, reply) =>
      reply
        .header('content-type', type)
        .header('content-security-policy', pagePolicy)
        .header('cache-control', 'no-cache')
        .send(content),
    );
  show('/api/openapi.json', 'application/json; charset=utf-8', json);
  show('/docs', 'text/html; charset=utf-8', docsPage(document));
  show('/docs/refusals', 'text/html; charset=utf-8', refusalsPage());
  show('/docs/style.css', 'text/css; charset=utf-8', docsStyle);
}
