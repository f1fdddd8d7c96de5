import { ReadyMade } from '@shidang/bus';
import { Done } from '@shidang/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Served } from './serves-metadata';

/** All routes of the API lie below. */
export const prefix = 'api/v1';

const textIn = (value: unknown, name: string): string | undefined => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** RFC 8288: the next and previous page of this very request. */
export function linkOf(url: string, page: unknown): string | undefined {
  const links = (['next', 'prev'] as const).flatMap((rel) => {
    const cursor = textIn(page, rel);
    if (!cursor) return [];
    const [path = '', query] = url.split('?');
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', cursor);
    return [`<${path}?${parameters.toString()}>; rel="${rel}"`];
  });
  return links.length > 0 ? links.join(', ') : undefined;
}

/** Sent as they came; `routes.spec.ts` holds that HTTP has nothing to take from such an answer. */
function bytesOf({ bytes }: ReadyMade<object>, reply: FastifyReply): Buffer {
  reply.header('content-type', 'application/json; charset=utf-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What HTTP says beside the body: version, place, neighbouring pages. An effect that is its own answer has no body. */
export function dress(
  { contract, terms }: Served,
  answer: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  if (typeof answer !== 'object' || answer === null || reply.sent) return answer;
  if (answer instanceof ReadyMade) return bytesOf(answer, reply);
  const etag = textIn(answer, 'etag');
  if (etag) reply.header('etag', `"${etag}"`);
  const place = terms.created?.(answer) ?? terms.accepted?.(answer);
  if (place) reply.header('location', `/${prefix}${place}`);
  const link = 'page' in answer ? linkOf(request.url, answer.page) : undefined;
  if (link) reply.header('link', link);
  if (contract.reply !== (Done as unknown)) return answer;
  reply.status(204);
  return undefined;
}
