import type { Sql } from '../sql';
import { entryBytes, type AuditBlock } from './audit-block';
import type { AuditKeys } from './audit-keys';
import { idAt, idBytes } from './audit-row';
import { idList } from './audit-sealer';
import type { Flaws } from './chain-flaws';
import { copyRows } from './copied-rows';

interface Expected {
  sequence: number;
  ordinal: number;
  tag: string;
}

const page = 20_000;
const fetched = 2_000;

/**
 * Entries of the seals in the order of the chain and rows in the order of their ids meet: what came first waits for the
 * other. Rows are read once, up to the moment the last block was sealed, so that little waits.
 */
export class RowMeeting {
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
    this.floorKey = idBytes(floor).toString('latin1');
  }

  expect({ sequence, entries }: AuditBlock): void {
    for (let ordinal = 0; (ordinal + 1) * entryBytes <= entries.length; ordinal++) {
      const at = ordinal * entryBytes;
      const key = entries.toString('latin1', at, at + 16);
      const entry = { sequence, ordinal, tag: entries.toString('latin1', at + 16, at + entryBytes) };
      const row = this.early.get(key);
      if (row) {
        this.early.delete(key);
        this.compare(entry, row, 0, row.length);
        continue;
      }
      const twice = this.expected.get(key);
      if (twice) this.flaws.add({ why: 'moved', sequence, ordinal, row: idAt(entries, at) });
      else this.expected.set(key, entry);
      if (key < this.floorKey) this.before.push(idAt(entries, at));
    }
  }

  /** Reads rows with ids below `until`. */
  async readTo(until: string): Promise<void> {
    for (let from = 0; from < this.before.length; from += fetched)
      await this.copy(`where id in (${idList(this.before.slice(from, from + fetched))})`);
    this.before.length = 0;
    for (let rows = page; rows === page && this.read < until;)
      rows = await this.copy(`where id >= '${this.read}' and id < '${until}' order by id limit ${page}`, true);
    if (this.read < until) this.read = until;
  }

  /** Entries nothing came for are rows that are gone; answers the rows no block names. */
  rest(): Map<string, Buffer> {
    for (const [key, { sequence, ordinal }] of this.expected)
      this.flaws.add({ why: 'deleted', sequence, ordinal, row: idAt(Buffer.from(key, 'latin1')) });
    return new Map([...this.early].map(([key, row]) => [idAt(Buffer.from(key, 'latin1')), row]));
  }

  private async copy(condition: string, inOrder = false): Promise<number> {
    let last = '';
    const rows = await copyRows(this.sql, condition, (bytes, start, end) => {
      const key = bytes.toString('latin1', start + 4, start + 20);
      const entry = this.expected.get(key);
      last = key;
      if (!entry) {
        this.early.set(key, Buffer.from(bytes.subarray(start, end)));
        return;
      }
      this.expected.delete(key);
      this.compare(entry, bytes, start, end);
    });
    if (inOrder && last !== '') this.read = following(idAt(Buffer.from(last, 'latin1')));
    return rows;
  }

  private compare({ sequence, ordinal, tag }: Expected, bytes: Buffer, start: number, end: number): void {
    if (this.keys.tag(sequence, ordinal, bytes, start, end) === tag) return;
    this.flaws.add({ why: 'changed', sequence, ordinal, row: idAt(bytes, start + 4) });
  }
}

/** The next id there could be. */
function following(id: string): string {
  const next = (BigInt(`0x${idBytes(id).toString('hex')}`) + 1n).toString(16).padStart(32, '0');
  return idAt(Buffer.from(next, 'hex'));
}
