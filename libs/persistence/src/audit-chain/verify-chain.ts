import { lowestIdAt } from '../new-id';
import type { Sql } from '../sql';
import {
  beforeAll,
  entryBytes,
  hashOf,
  headOf,
  headWords,
  type AuditBlock,
  type AuditHead,
  type Fault,
} from './audit-block';
import type { AuditKeys } from './audit-keys';
import { idAt, rowForm } from './audit-row';
import { faultsOf } from './audit-sealer';
import { Flaws, type Flaw } from './chain-flaws';
import { OutsideWalk, type HeadsOutside } from './outside-heads';
import { restorationsIn, type Restoration } from './restoration';
import { RowMeeting } from './row-meeting';
import { blocksFrom, holds, waitedSeconds, queueOf, sequenceSealedAfter, startFor, type Start } from './stored-blocks';

export interface ChainVerdict {
  intact: boolean;
  /** Sequences covered; the rest of the chain was taken on the word of its last signature. */
  from: number;
  to: number;
  rows: number;
  head?: AuditHead;
  unsealed: number;
  /** Age of the oldest row that waits for its seal, seconds. */
  unsealedSeconds: number;
  /** Declared restores to an earlier time, oldest first: rows sealed in between are gone. */
  restored: readonly Restoration[];
  flaws: number;
  /** The first ones, in the order of the chain. */
  first: readonly Flaw[];
}

export interface ChainQuestion {
  service: string;
  keys: AuditKeys;
  outside: readonly HeadsOutside[];
  /** Only the newest blocks that hold about so many rows; all when absent. */
  newest?: number;
}

const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Walks the chain in one snapshot: links, signatures, every row at its place, and what is known outside. */
class ChainWalk {
  readonly flaws = new Flaws();
  private readonly walks: OutsideWalk[];
  private readonly meeting: RowMeeting;
  private tip: AuditBlock | undefined;
  private firstBlockFlaw: number | undefined;
  rows = 0;

  constructor(
    private readonly sql: Sql,
    private readonly question: ChainQuestion,
    private readonly start: Start,
  ) {
    const { keys, service, outside } = question;
    const context = { keys, service, flaws: this.flaws, from: start.sequence + 1 };
    this.walks = outside.map((each) => new OutsideWalk(each, context));
    this.meeting = new RowMeeting(sql, keys, this.flaws, start.floor);
  }

  async walk(): Promise<AuditBlock | undefined> {
    for (const walk of this.walks) await walk.begin();
    for await (const blocks of blocksFrom(this.sql, this.start.sequence)) {
      for (const block of blocks) await this.pass(block);
      await this.meeting.readTo(reachOf(blocks.at(-1)!));
    }
    await this.meeting.readTo(afterAll);
    for (const walk of this.walks) await walk.end();
    if (this.tip && (this.firstBlockFlaw !== undefined || !this.isSigned(this.tip))) await this.firstUnsigned();
    return this.tip;
  }

  /** Rows no block names: queued and marked by the service, or put there by somebody else. */
  async judgeRest(): Promise<{ unsealed: number; unsealedSeconds: number }> {
    const rest = await this.meeting.rest();
    const queue = await queueOf(this.sql);
    const queued = new Set(queue.map(({ id }) => id));
    for (const { row, why } of faultsOf(
      this.question.keys,
      queue,
      [...rest].map(([id, row]) => ({ id, row })),
    ))
      if (why === 'forged' || !(await this.isBelowFloor(row))) await this.stray(row, why);
    for (const id of rest.keys())
      if (!queued.has(id) && !(this.start.sequence > 0 && (await holds(this.sql, id))))
        await this.stray(id, 'inserted');
    return { unsealed: queue.length, unsealedSeconds: waitedSeconds(queue) };
  }

  /** A queued row older than what was read is looked up by itself. */
  private async isBelowFloor(id: string): Promise<boolean> {
    if (id >= this.start.floor) return false;
    return (await this.sql(`select from audit_event where id = $1`, [id])).length === 1;
  }

  private async stray(row: string, why: 'forged' | 'missing' | 'inserted'): Promise<void> {
    const sequence = (await sequenceSealedAfter(this.sql, row)) ?? (this.tip?.sequence ?? 0) + 1;
    this.flaws.add({ why, sequence, row });
  }

  private async pass(block: AuditBlock): Promise<void> {
    const before = this.tip ?? this.start;
    if (block.form !== rowForm)
      throw new Error(`block ${block.sequence} is in form ${block.form}, which this release cannot read`);
    if (block.sequence !== before.sequence + 1)
      this.broken({ why: 'gap', sequence: before.sequence + 1, ordinal: 0, row: block.first ?? undefined });
    const hash = hashOf(this.question.service, before.hash, block);
    const total = before.total + block.rows;
    const opensLate = block.opening && before.sequence > 0 && !before.opening;
    if (hash !== block.hash || total !== block.total || opensLate || block.rows * entryBytes !== block.entries.length)
      this.broken({ why: 'seal', sequence: block.sequence, row: block.first ?? undefined });
    for (const { row, why } of JSON.parse(block.faults) as Fault[])
      this.flaws.add({ why, sequence: block.sequence, ordinal: placeOf(block, row), row });
    this.meeting.expect(block, this.isInOrder(block));
    for (const walk of this.walks) await walk.pass(block);
    this.rows += block.rows;
    this.tip = block;
  }

  private isInOrder({ sequence, entries }: AuditBlock): boolean {
    const { count } = this.flaws;
    for (let at = entryBytes; at + entryBytes <= entries.length; at += entryBytes)
      if (entries.compare(entries, at - entryBytes, at - entryBytes + 16, at, at + 16) <= 0)
        this.flaws.add({ why: 'moved', sequence, ordinal: at / entryBytes, row: idAt(entries, at) });
    return this.flaws.count === count;
  }

  private broken(flaw: Flaw): void {
    this.firstBlockFlaw ??= flaw.sequence;
    this.flaws.add(flaw);
  }

  private isSigned(block: AuditBlock): boolean {
    return this.question.keys.signed(headWords(this.question.service, block), block.signature);
  }

  /** One signature at the end vouches for all links before it; only when something is wrong each is asked. */
  private async firstUnsigned(): Promise<void> {
    for await (const blocks of blocksFrom(this.sql, this.start.sequence)) {
      const block = blocks.find((each) => !this.isSigned(each));
      if (!block) continue;
      this.flaws.add({
        why: 'signature',
        sequence: block.sequence,
        row: block.first ?? undefined,
      });
      return;
    }
  }
}

/** Up to where rows can be named by this block or one before it; more of them would wait in memory. */
function reachOf({ at, opening, entries }: AuditBlock): string {
  const last = entries.length - entryBytes;
  return opening && last >= 0 ? idAt(entries, last) : lowestIdAt(Date.parse(at));
}

function placeOf({ entries }: AuditBlock, row: string): number {
  for (let ordinal = 0; ordinal * entryBytes < entries.length; ordinal++)
    if (idAt(entries, ordinal * entryBytes) === row) return ordinal;
  return 0;
}

/**
 * Verifies in the snapshot of `sql` (`work.snapshot('audit-chain', …)`), reading each row and each seal once. Throws when it
 * cannot say: no connection, a form it does not know.
 */
export async function verifyChain(sql: Sql, question: ChainQuestion): Promise<ChainVerdict> {
  const start = await startFor(sql, question.newest);
  const walk = new ChainWalk(
    sql,
    question,
    start ?? { sequence: 0, total: 0, hash: beforeAll, opening: true, floor: lowestIdAt(0) },
  );
  const tip = await walk.walk();
  const waiting = await walk.judgeRest();
  return {
    intact: walk.flaws.count === 0,
    from: (start?.sequence ?? 0) + 1,
    to: tip?.sequence ?? 0,
    rows: walk.rows,
    head: tip && headOf(tip),
    ...waiting,
    restored: restorationsIn(question.outside.map(({ restored }) => restored)),
    flaws: walk.flaws.count,
    first: walk.flaws.first(),
  };
}
