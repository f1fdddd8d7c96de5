import type { FileChunk } from '@shidang/contracts';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** RFC 6266: a Chinese file name survives every browser. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** The pieces of a file in order; the next is fetched when the reader has taken the last. */
async function* piecesFrom(first: FileChunk, fetch: (offset: number) => Promise<FileChunk>): AsyncGenerator<Buffer> {
  let chunk = first;
  yield Buffer.from(chunk.bytes, 'base64');
  while (chunk.next !== undefined) {
    chunk = await fetch(chunk.next);
    if (chunk.etag !== first.etag) throw new Error('the file changed while it was read');
    yield Buffer.from(chunk.bytes, 'base64');
  }
}

/** Streams a file a service answers in pieces. The first piece is fetched before anything is sent: it may be a refusal. */
export async function sendFile(
  reply: FastifyReply,
  fetch: (offset: number) => Promise<FileChunk>,
): Promise<StreamableFile> {
  const first = await fetch(0);
  reply.header('etag', `"${first.etag}"`);
  return new StreamableFile(Readable.from(piecesFrom(first, fetch), { objectMode: false }), {
    type: first.contentType,
    disposition: attachment(first.fileName),
    length: first.size,
  });
}

interface TextPiece {
  readonly text: string;
  readonly next?: string;
}

async function* textsFrom(first: TextPiece, fetch: (cursor: string) => Promise<TextPiece>): AsyncGenerator<Buffer> {
  let piece = first;
  if (piece.text !== '') yield Buffer.from(piece.text);
  while (piece.next !== undefined) {
    piece = await fetch(piece.next);
    if (piece.text !== '') yield Buffer.from(piece.text);
  }
}

/** The same for text of unknown length that a service answers page by page. */
export async function sendText(
  file: { name: string; type: string },
  fetch: (cursor?: string) => Promise<TextPiece>,
): Promise<StreamableFile> {
  const stream = Readable.from(textsFrom(await fetch(), fetch), { objectMode: false });
  return new StreamableFile(stream, { type: file.type, disposition: attachment(file.name) });
}
