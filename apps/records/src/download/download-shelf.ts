import { createHash } from 'node:crypto';
import { fileChunkBytes, importRefusals, type FileChunk } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';

/** A download is taken in pieces within seconds; whoever comes later starts again. */
const keptMilliseconds = 120_000;
/** Below the deadline of a request: who waits longer is told to ask again, and finds what was made meanwhile. */
const waitedMilliseconds = 2_500;
/** Asked for again so soon, it is the same download, whose answer was lost. */
const sameMilliseconds = 20_000;
const mostBytes = 64 * 1024 * 1024;

interface Made {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly etag: string;
}

interface Shelved {
  readonly making: Promise<Made>;
  made?: Made;
  until: number;
  madeAt?: number;
}

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Holds files made for one account while they are taken piece by piece: in memory, bounded, never on disk. */
@Injectable()
export class DownloadShelf {
  private readonly files = new Map<string, Shelved>();

  /** The first piece of a file; made now, unless it is on its way already or was made a moment ago. */
  async first(key: string, make: () => Promise<{ fileName: string; bytes: Buffer }>): Promise<FileChunk> {
    this.clear();
    let shelved = this.files.get(key);
    if (!shelved || (shelved.madeAt ?? Infinity) + sameMilliseconds < Date.now()) {
      shelved = this.begin(key, make);
      this.files.set(key, shelved);
    }
    const made = await within(shelved.making);
    if (!made) throw importRefusals.stillMaking({});
    return pieceOf(made, 0);
  }

  /** A later piece of the file whose first was taken. */
  piece(key: string, offset: number): FileChunk {
    this.clear();
    const made = this.files.get(key)?.made;
    if (!made) throw importRefusals.downloadLost({});
    return pieceOf(made, offset);
  }

  private begin(key: string, make: () => Promise<{ fileName: string; bytes: Buffer }>): Shelved {
    const making = make().then(({ fileName, bytes }): Made => {
      const made = { fileName, bytes, etag: createHash('sha256').update(bytes).digest('hex').slice(0, 16) };
      shelved.made = made;
      shelved.madeAt = Date.now();
      shelved.until = Date.now() + keptMilliseconds;
      return made;
    });
    const shelved: Shelved = { making, until: Date.now() + keptMilliseconds };
    // whoever waits hears of it; nothing stays behind
    making.catch(() => this.files.delete(key));
    return shelved;
  }

  private clear(): void {
    let bytes = 0;
    for (const [key, { made, until }] of [...this.files].reverse()) {
      bytes += made?.bytes.length ?? 0;
      if (until < Date.now() || (made && bytes > mostBytes && bytes > made.bytes.length)) this.files.delete(key);
    }
  }
}

async function within(making: Promise<Made>): Promise<Made | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), waitedMilliseconds)));
  try {
    return await Promise.race([making, late]);
  } finally {
    clearTimeout(timer);
  }
}

function pieceOf({ fileName, bytes, etag }: Made, offset: number): FileChunk {
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
