import type { AuditHead } from '@shidang/persistence';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const tailBytes = 16_384;

function headIn(line: string): AuditHead | undefined {
  try {
    const head = JSON.parse(line) as AuditHead;
    return Number.isSafeInteger(head.sequence) ? head : undefined;
  } catch {
    // cut off by a crash while it was written, or not ours: the head it was is missing then
    return undefined;
  }
}

/** Heads outside of PostgreSQL, one a line, only ever appended to, on disk before `append` settles. */
export class HeadsFile {
  constructor(readonly path: string) {}

  async append(heads: readonly AuditHead[]): Promise<void> {
    if (heads.length === 0) return;
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      const tail = await tailOf(file, 1);
      const lines = heads.map((head) => `${JSON.stringify(head)}\n`).join('');
      await file.appendFile(tail === '' || tail === '\n' ? lines : `\n${lines}`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Sequence of the last head; 0 = none. */
  async tip(): Promise<number> {
    if (!existsSync(this.path)) return 0;
    const file = await open(this.path, 'r');
    try {
      const lines = (await tailOf(file, tailBytes)).split('\n');
      return lines.map(headIn).findLast((head) => head)?.sequence ?? 0;
    } finally {
      await file.close();
    }
  }

  async *heads(): AsyncGenerator<AuditHead> {
    if (!existsSync(this.path)) return;
    for await (const line of createInterface({ input: createReadStream(this.path) })) {
      const head = headIn(line);
      if (head) yield head;
    }
  }
}

async function tailOf(file: FileHandle, most: number): Promise<string> {
  const { size } = await file.stat();
  const length = Math.min(size, most);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString();
}
