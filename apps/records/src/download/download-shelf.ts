import { createHash } from 'node:crypto';
import { fileChunkBytes, importRefusals, type FileChunk } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';

/** A download is taken in pieces within seconds; whoever comes later starts again. */
const keptMilliseconds = 120_000;
const mostBytes = 64 * 1024 * 1024;

interface Made {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly etag: string;
  readonly until: number;
}

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Holds files made for one account while they are taken piece by piece: in memory, bounded, never on disk. */
@Injectable()
export class DownloadShelf {
  private readonly files = new Map<string, Made>();

  put(key: string, fileName: string, bytes: Buffer): FileChunk {
    this.files.delete(key);
    const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    this.files.set(key, { fileName, bytes, etag, until: Date.now() + keptMilliseconds });
    this.clear();
    return pieceOf({ fileName, bytes, etag }, 0);
  }

  /** A later piece of a file put before. */
  piece(key: string, offset: number): FileChunk {
    this.clear();
    const made = this.files.get(key);
    if (!made) throw importRefusals.downloadLost({});
    const chunk = pieceOf(made, offset);
    if (chunk.next === undefined) this.files.delete(key);
    return chunk;
  }

  private clear(): void {
    let bytes = 0;
    for (const [key, made] of [...this.files].reverse()) {
      bytes += made.bytes.length;
      if (made.until < Date.now() || (bytes > mostBytes && bytes > made.bytes.length)) this.files.delete(key);
    }
  }
}

function pieceOf({ fileName, bytes, etag }: Omit<Made, 'until'>, offset: number): FileChunk {
  const piece = bytes.subarray(offset, offset + fileChunkBytes);
  const next = offset + piece.length;
  return {
    fileName,
    contentType: xlsxType,
    size: bytes.length,
    offset,
    bytes: piece.toString('base64'),
    ...(next < bytes.length && { next }),
    etag,
  };
}
