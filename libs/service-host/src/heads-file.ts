import { setsAside, type AuditHead, type Restoration } from '@shidang/persistence';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const tailBytes = 16_384;

/** A declared restore stands between the heads it sets aside and those told since; `tip`: the last head that still counts. */
interface Note {
  restored: Restoration;
  tip: number;
}

function said(line: string): Partial<AuditHead & Note> {
  try {
    return (JSON.parse(line) ?? {}) as Partial<AuditHead & Note>;
  } catch {
    // cut off by a crash while it was written, or not ours: the head it was is missing then
    return {};
  }
}

const isHead = (one: Partial<AuditHead>): one is AuditHead => Number.isSafeInteger(one.sequence);
const isNote = (one: Partial<Note>): one is Note => one.restored !== undefined && Number.isSafeInteger(one.tip);

/** Heads outside of PostgreSQL, one a line, only ever appended to, on disk before `append` settles. */
export class HeadsFile {
  constructor(readonly path: string) {}

  async append(heads: readonly AuditHead[]): Promise<void> {
    if (heads.length > 0) await this.add(heads);
  }

  /** Sets the heads aside that the restored database does not know. */
  async restore(restored: Restoration): Promise<void> {
    const tip = Math.min(await this.tip(), restored.sequence);
    await this.add([{ restored, tip }]);
  }

  private async add(lines: readonly (AuditHead | Note)[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      const tail = await tailOf(file, 1);
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      await file.appendFile(tail === '' || tail === '\n' ? text : `\n${text}`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Sequence of the last head that counts; 0 = none. */
  async tip(): Promise<number> {
    if (!existsSync(this.path)) return 0;
    const file = await open(this.path, 'r');
    try {
      const lines = (await tailOf(file, tailBytes)).split('\n').map(said);
      const last = lines.findLast((line) => isHead(line) || isNote(line));
      if (!last) return 0;
      return 'restored' in last ? last.tip : last.sequence;
    } finally {
      await file.close();
    }
  }

  /** Declared restores, in the order of the file. */
  async restored(): Promise<Restoration[]> {
    return (await this.notes()).map(({ restored }) => restored);
  }

  /** Ascending, without those a later restore set aside. */
  async *heads(): AsyncGenerator<AuditHead> {
    const notes = await this.notes();
    let at = 0;
    for await (const line of this.lines()) {
      at += 1;
      const head = said(line);
      if (isHead(head) && !notes.some((note) => note.at > at && setsAside(note.restored, head))) yield head;
    }
  }

  private async notes(): Promise<{ at: number; restored: Restoration }[]> {
    const found = [];
    let at = 0;
    for await (const line of this.lines()) {
      at += 1;
      const note = line.startsWith('{"restored"') ? said(line) : {};
      if (isNote(note)) found.push({ at, restored: note.restored });
    }
    return found;
  }

  private async *lines(): AsyncGenerator<string> {
    if (existsSync(this.path)) yield* createInterface({ input: createReadStream(this.path) });
  }
}

async function tailOf(file: FileHandle, most: number): Promise<string> {
  const { size } = await file.stat();
  const length = Math.min(size, most);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString();
}
