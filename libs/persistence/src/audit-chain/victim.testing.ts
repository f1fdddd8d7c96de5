import type { Client } from 'pg';
import {
  beforeAll as nothingBefore,
  entryBytes,
  hashOf,
  headWords,
  type AuditBlock,
  type AuditHead,
} from './audit-block';
import type { AuditKeys } from './audit-keys';
import { idAt } from './audit-row';
import { copyRows } from './copied-rows';
import { blocksFrom } from './stored-blocks';
import type { Sql } from '../sql';

export const sqlOn = (client: Client): Sql =>
  Object.assign(
    async (text: string, params?: readonly unknown[]) => (await client.query(text, params as unknown[])).rows,
    {
      client,
    },
  ) as unknown as Sql;

/** The database of somebody who can do everything in it, and what is known outside of it. */
export class Victim {
  /** When the places outside were asked: what is older than a minute by then must be known to them. */
  readAt = Date.now() + 120_000;
  file: AuditHead[];
  witness: AuditHead[];

  private constructor(
    readonly client: Client,
    readonly service: string,
    readonly blocks: AuditBlock[],
    private readonly heads: readonly AuditHead[],
  ) {
    this.file = [...heads];
    this.witness = [...heads];
  }

  static async of(client: Client, service: string): Promise<Victim> {
    const blocks: AuditBlock[] = [];
    for await (const some of blocksFrom(sqlOn(client), 0)) blocks.push(...some);
    return new Victim(
      client,
      service,
      blocks,
      blocks.map(({ entries: _, form: __, opening: ___, faults: ____, ...head }) => head),
    );
  }

  /** The same before anything was done to it: what was done has been rolled back. */
  again(): Victim {
    return new Victim(this.client, this.service, this.blocks, this.heads);
  }

  query(text: string, params: unknown[] = []) {
    return this.client.query(text, params);
  }

  ids(block: AuditBlock): string[] {
    return Array.from({ length: block.entries.length / entryBytes }, (_, at) => idAt(block.entries, at * entryBytes));
  }

  private async store(blocks: readonly AuditBlock[]): Promise<void> {
    await this.query(
      `update audit_seal s set rows = t.rows, total = t.total, first = t.first, entries = decode(t.entries, 'hex'), hash = t.hash, signature = t.signature
       from jsonb_to_recordset($1::jsonb) as t (sequence bigint, rows int, total bigint, first uuid, entries text, hash text, signature text)
       where s.sequence = t.sequence`,
      [JSON.stringify(blocks.map((block) => ({ ...block, entries: block.entries.toString('hex') })))],
    );
  }

  /** Replaces the entries of a block and leaves the rest of the chain as it was. */
  async splice(block: AuditBlock, entries: Buffer): Promise<AuditBlock> {
    const changed = {
      ...block,
      entries,
      rows: entries.length / entryBytes,
      first: entries.length > 0 ? idAt(entries) : null,
    };
    await this.store([changed]);
    return changed;
  }

  /** Makes the chain from `changed` on consistent again, signed with whatever keys one has. */
  async rehash(changed: AuditBlock, keys: AuditKeys, { tagsFrom }: { tagsFrom?: number } = {}): Promise<AuditBlock[]> {
    const from = this.blocks.findIndex(({ sequence }) => sequence === changed.sequence);
    let before: Pick<AuditBlock, 'hash' | 'total'> = this.blocks[from - 1] ?? { hash: nothingBefore, total: 0 };
    const done = this.blocks.slice(from).map((old, at) => ({ ...(at === 0 ? changed : old) }));
    if (tagsFrom !== undefined) await this.retag(done, keys, tagsFrom);
    for (const block of done) {
      block.total = before.total + block.rows;
      block.hash = hashOf(this.service, before.hash, block);
      block.signature = keys.sign(headWords(this.service, block));
      before = block;
    }
    await this.store(done);
    return done;
  }

  /** New tags for the rows as they are now, of the first block from that place on. */
  private async retag(blocks: readonly AuditBlock[], keys: AuditKeys, from: number): Promise<void> {
    const rows = new Map<string, Buffer>();
    await copyRows(sqlOn(this.client), '', (bytes, start, end) =>
      rows.set(idAt(bytes, start + 4), Buffer.from(bytes.subarray(start, end))),
    );
    for (const [at, block] of blocks.entries()) {
      block.entries = Buffer.from(block.entries);
      this.ids(block).forEach((id, ordinal) => {
        const row = rows.get(id);
        if ((at > 0 || ordinal >= from) && row)
          block.entries.write(keys.tag(block.sequence, ordinal, row), ordinal * entryBytes + 16, 32, 'latin1');
      });
    }
  }
}
