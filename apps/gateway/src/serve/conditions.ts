import { commonRefusals } from '@shidang/contracts';
import type { FastifyRequest } from 'fastify';

const wrongHeader = (name: string, zh: string, en: string) =>
  commonRefusals
    .malformed({ fields: name })
    .with([{ field: name, code: 'request.wrong_header', detail: `${name}：${zh}`, detailEn: `${name}: ${en}` }]);

/** W4: taken on every write, 1 to 200 visible characters. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw wrongHeader('Idempotency-Key', '应为 1–200 个可见的 ASCII 字符', 'send 1 to 200 visible ASCII characters');
  }
  return key;
}

/** The version the client has seen: one ETag; a list or `*` says too little about what was seen. */
export function ifMatchOf(request: FastifyRequest): string | undefined {
  const tag = request.headers['if-match'];
  if (tag === undefined) return undefined;
  if (!/^(W\/)?"[\x21\x23-\x7e]{1,200}"$|^[\w.-]{1,200}$/.test(tag)) {
    throw wrongHeader('If-Match', '应为读取时返回的一个 ETag', 'send the one ETag that was answered when reading');
  }
  return tag;
}
