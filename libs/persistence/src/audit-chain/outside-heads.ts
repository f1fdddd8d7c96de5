import { entryBytes, headWords, type AuditBlock, type AuditHead } from './audit-block';
import type { AuditKeys } from './audit-keys';
import { idAt } from './audit-row';
import { restorationWords, type Restoration } from './restoration';
import type { Flaws } from './chain-flaws';

/** Heads kept outside of this database, ascending. `tip` was read before the database is: what it names must be in there. */
export interface HeadsOutside {
  name: string;
  tip: number;
  /** When `tip` was read, Unix milliseconds. */
  readAt: number;
  /** Without those a declared restore set aside. */
  heads: AsyncIterable<AuditHead>;
  /** Restores declared there. */
  restored: readonly Restoration[];
}

/** A head is told within seconds; a replica that died between sealing and telling is relieved within this. */
const untoldMilliseconds = 60_000;

/** Goes along the heads of one place outside while the blocks go by. */
export class OutsideWalk {
  private readonly heads: AsyncIterator<AuditHead>;
  private next: AuditHead | undefined;
  private untold = false;

  constructor(
    private readonly outside: HeadsOutside,
    private readonly context: { service: string; keys: AuditKeys; flaws: Flaws; from: number },
  ) {
    this.heads = outside.heads[Symbol.asyncIterator]();
  }

  async begin(): Promise<void> {
    this.judgeRestored();
    do await this.step();
    while (this.next && this.next.sequence < this.context.from);
  }

  async pass(block: AuditBlock): Promise<void> {
    while (this.next && this.next.sequence < block.sequence) await this.gone('gap');
    if (this.next?.sequence !== block.sequence) {
      this.lacks(block);
      return;
    }
    this.compare(this.next, block);
    await this.step();
  }

  /** Only the service itself declares a restore, and each once: one that is copied to the end would set aside later heads. */
  private judgeRestored(): void {
    const seen = new Set<string>();
    for (const restored of this.outside.restored) {
      const isOwn = this.context.keys.signed(restorationWords(this.context.service, restored), restored.signature);
      if (!isOwn || seen.has(restored.id))
        this.context.flaws.add({ why: 'head', sequence: restored.sequence + 1, by: this.outside.name });
      seen.add(restored.id);
    }
  }

  /** What is still known outside is no longer in the database. */
  async end(): Promise<void> {
    while (this.next) await this.gone('tail');
  }

  private async step(): Promise<void> {
    const { value, done } = await this.heads.next();
    this.next = done || value.sequence > this.outside.tip ? undefined : value;
  }

  private async gone(why: 'gap' | 'tail'): Promise<void> {
    const { sequence, first } = this.next!;
    const known = this.isSigned(this.next!);
    this.context.flaws.add({
      why: known ? why : 'head',
      sequence,
      ordinal: 0,
      row: first ?? undefined,
      by: this.outside.name,
    });
    await this.step();
  }

  private compare(head: AuditHead, block: AuditBlock): void {
    const same = (['hash', 'rows', 'total', 'first', 'at', 'signature'] as const).every(
      (key) => head[key] === block[key],
    );
    if (same) return;
    const why = this.isSigned(head) ? 'other-head' : 'head';
    const { sequence, first, entries } = block;
    const by = this.outside.name;
    const isCut = head.rows > block.rows && block.rows > 0;
    if (isCut) {
      const after = idAt(entries, entries.length - entryBytes);
      this.context.flaws.add({ why, sequence, ordinal: block.rows, after, by });
    } else this.context.flaws.add({ why, sequence, row: first ?? head.first ?? undefined, by });
  }

  private lacks({ sequence, at, first }: AuditBlock): void {
    if (this.untold || Date.parse(at) > this.outside.readAt - untoldMilliseconds) return;
    this.untold = true;
    this.context.flaws.add({ why: 'untold', sequence, row: first ?? undefined, by: this.outside.name });
  }

  private isSigned(head: AuditHead): boolean {
    return this.context.keys.signed(headWords(this.context.service, head), head.signature);
  }
}
