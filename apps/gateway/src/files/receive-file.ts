import { commonRefusals, fileChunkBytes, mostFileBytes, workbookRefusals } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { gatewayRefusals } from '../problem/gateway-refusals';

/** Room for the multipart frame around a file of the largest size. */
const frameBytes = 64 * 1024;
/** All files being received together: beyond that a sender is asked to come back. */
const mostHeldBytes = 96 * 1024 * 1024;

export interface ReceivedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Every one full (512 kB) but the last. */
  readonly chunks: readonly Buffer[];
}

const tooLarge = () => workbookRefusals.fileTooLarge({ limitMb: mostFileBytes / 1024 / 1024 });

const hungUp = new Set(['FST_MP_PREMATURE_CLOSE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET']);

/** A form that breaks off before its end is its sender's, or his line's; what else goes wrong is ours. */
function isOfSender(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return hungUp.has(code) || message.includes('unexpected end of multipart data');
}

async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw isOfSender(error) ? commonRefusals.malformed({ fields: 'file' }) : error;
  }
}

/**
 * Takes one file of a multipart body. It is held in memory, never on disk: workbooks are full of personal data, and
 * records must know size and hash before the first byte (ADR 0053). The sender is read no faster than it is counted.
 */
@Injectable()
export class ReceiveFile {
  private held = 0;

  /** `use` may do with the file what it likes; its memory is given back afterwards. */
  async with<T>(request: FastifyRequest, use: (file: ReceivedFile) => Promise<T>): Promise<T> {
    if (!request.isMultipart()) throw gatewayRefusals.mediaType({ wanted: 'multipart/form-data' });
    if (Number(request.headers['content-length'] ?? 0) > mostFileBytes + frameBytes) throw tooLarge();
    const part = await request.file().catch(() => undefined);
    if (!part || part.fieldname !== 'file') throw gatewayRefusals.fileMissing({});
    const taken = { bytes: 0 };
    try {
      return await use(await this.take(part.filename, part.file, taken));
    } finally {
      this.held -= taken.bytes;
      part.file.resume();
    }
  }

  private async take(name: string, stream: Readable, taken: { bytes: number }): Promise<ReceivedFile> {
    const hash = createHash('sha256');
    const chunks: Buffer[] = [];
    let open = Buffer.allocUnsafe(fileChunkBytes);
    let filled = 0;
    for await (const piece of piecesOf(stream)) {
      this.count(piece.length, taken);
      hash.update(piece);
      for (let at = 0; at < piece.length;) {
        const copied = piece.copy(open, filled, at);
        at += copied;
        filled += copied;
        if (filled < open.length) continue;
        chunks.push(open);
        open = Buffer.allocUnsafe(fileChunkBytes);
        filled = 0;
      }
    }
    if (filled > 0) chunks.push(open.subarray(0, filled));
    if (taken.bytes === 0) throw gatewayRefusals.fileMissing({});
    return { name, size: taken.bytes, sha256: hash.digest('hex'), chunks };
  }

  private count(bytes: number, taken: { bytes: number }): void {
    taken.bytes += bytes;
    this.held += bytes;
    if (taken.bytes > mostFileBytes) throw tooLarge();
    if (this.held > mostHeldBytes) throw gatewayRefusals.uploadsBusy({});
  }
}
