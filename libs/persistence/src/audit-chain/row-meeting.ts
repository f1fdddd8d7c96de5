import type { Sql } from '../sql';
import type { AuditBlock } from './audit-block';
import type { AuditKeys } from './audit-keys';
import { idAt, idBytes } from './audit-row';
import { idList } from './audit-sealer';
import type { Flaws } from './chain-flaws';
import { copyRows } from './copied-rows';
import { WaitingEntries } from './waiting-entries';

interface Expected {
  sequence: number;
  ordinal: number;
  tag: string;
}

const page = 20_000;
const fetched = 2_000;

/** Of the blocks at hand so many are looked through for a row: ids of neighbours overlap, those of more hardly ever do. */
const overlapping = 4;

/**
 * Entries of the seals in the order of the chain and rows in the order of their ids meet: what came first waits for the
 * other. Rows are read once, up to the moment the last block was sealed, so that little waits. As long as both come in order nothing
 * is looked up: an entry is compared where it lies.
 */
export class RowMeeting {
  /** Blocks in the order of the chain, each from the first entry on that no row came for. */
  private waiting: WaitingEntries[] = [];
  /** Entries out of order, and those their row did not come for. */
  private readonly expected = new Map<string, Expected>();
  /** Rows whose entry has not come yet. */
  private readonly early = new Map<string, Buffer>();
  private readonly before: string[] = [];
  private read: string;
  private readonly floorKey: string;

  constructor(
    private readonly sql: Sql,
    private readonly keys: AuditKeys,
    private readonly flaws: Flaws,
    /** Rows below are fetched one by one, when a block names them. */
    floor: string,
  ) {
    this.read = floor;
    this.floorKey = keyOf(floor);
  }

  /** `isSorted`: its entries are in the order of ids. */
  expect({ sequence, entries }: AuditBlock, isSorted: boolean): void {
    const block = new WaitingEntries(sequence, entries);
    const readKey = keyOf(this.read);
    for (; !block.isOver && (!isSorted || block.key < readKey); block.next()) this.lookUp(block);
    if (!block.isOver) this.waiting.push(block);
  }

  /** Reads rows with ids below `until`. */
  async readTo(until: string): Promise<void> {
    for (let from = 0; from < this.before.length; from += fetched)
      await copyRows(this.sql, `where id in (${idList(this.before.slice(from, from + fetched))})`, (...row) =>
        this.meetAnywhere(...row),
      );
    this.before.length = 0;
    while (this.read < until) this.read = (await this.readPage(until)) ?? until;
  }

  /** Entries nothing came for are rows that are gone, or named twice; answers the rows no block names. */
  async rest(): Promise<Map<string, Buffer>> {
    this.lookUpAll();
    const left = [...this.expected].map(([key, entry]) => ({ ...entry, row: idOf(key) }));
    for (let from = 0; from < left.length; from += fetched) {
      const some = left.slice(from, from + fetched);
      const found = await this.sql<{ id: string }>(`select id from audit_event where id = any($1)`, [
        some.map(({ row }) => row),
      ]);
      const there = new Set(found.map(({ id }) => id));
      for (const { sequence, ordinal, row } of some)
        this.flaws.add({ why: there.has(row) ? 'moved' : 'deleted', sequence, ordinal, row });
    }
    return new Map([...this.early].map(([key, row]) => [idOf(key), row]));
  }

  /** Where the next page begins; nothing when this was the last. */
  private async readPage(until: string): Promise<string | undefined> {
    let rows = 0;
    let next: string | undefined;
    await copyRows(
      this.sql,
      `where id >= '${this.read}' and id < '${until}' order by id limit ${page}`,
      (bytes, start, end) => {
        if (++rows === page) next = following(idAt(bytes, start + 4));
        if (!this.meetInOrder(bytes, start, end)) this.meetAnywhere(bytes, start, end);
      },
    );
    return next;
  }

  private meetInOrder(bytes: Buffer, start: number, end: number): boolean {
    for (let at = 0; at < overlapping && at < this.waiting.length; at++) {
      const block = this.waiting[at]!;
      const isMet = block.meets(bytes, start + 4, this.lookUp);
      if (isMet) {
        this.compare(block, bytes, start, end);
        block.next();
      }
      if (block.isOver) this.waiting.splice(at--, 1);
      if (isMet) return true;
    }
    return false;
  }

  private meetAnywhere(bytes: Buffer, start: number, end: number): void {
    this.lookUpAll();
    const key = bytes.toString('latin1', start + 4, start + 20);
    const entry = this.expected.get(key);
    if (entry) {
      this.expected.delete(key);
      this.compare(entry, bytes, start, end);
    } else this.early.set(key, Buffer.from(bytes.subarray(start, end)));
  }

  private lookUpAll(): void {
    for (const block of this.waiting) for (; !block.isOver; block.next()) this.lookUp(block);
    this.waiting = [];
  }

  private lookUp = ({ sequence, ordinal, key, tag }: WaitingEntries): void => {
    const entry = { sequence, ordinal, tag };
    const row = this.early.get(key);
    if (row) {
      this.early.delete(key);
      this.compare(entry, row, 0, row.length);
      return;
    }
    if (this.expected.has(key)) this.flaws.add({ why: 'moved', sequence, ordinal, row: idOf(key) });
    else this.expected.set(key, entry);
    if (key < this.floorKey) this.before.push(idOf(key));
  };

  private compare({ sequence, ordinal, tag }: Expected, bytes: Buffer, start: number, end: number): void {
    if (this.keys.tag(sequence, ordinal, bytes, start, end) === tag) return;
    this.flaws.add({ why: 'changed', sequence, ordinal, row: idAt(bytes, start + 4) });
  }
}

/** The 16 bytes of an id, which sort as ids do. */
const keyOf = (id: string): string => idBytes(id).toString('latin1');
const idOf = (key: string): string => idAt(Buffer.from(key, 'latin1'));

/** The next id there could be. */
function following(id: string): string {
  const next = (BigInt(`0x${idBytes(id).toString('hex')}`) + 1n).toString(16).padStart(32, '0');
  return idAt(Buffer.from(next, 'hex'));
}
