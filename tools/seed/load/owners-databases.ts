import { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { Indexes } from './indexes';
import { owners, tables, type Owner } from './tables';

/** A table that is empty as long as nobody has used the service. */
const sign: Readonly<Record<Owner, string>> = {
  identity: 'organisation',
  records: 'teacher',
  review: 'review_case',
  reporting: 'head_count',
};

/** Lines of one table as they go over the wire. */
export interface Packet {
  readonly owner: Owner;
  readonly table: string;
  readonly columns: readonly string[];
  readonly bytes: Uint8Array;
}

/**
 * One transaction in every owner's database, committed together at the end. Works as superuser: forced row-level
 * security binds the tables' owners too, and COPY does not run under it.
 */
export class OwnersDatabases {
  private readonly indexes = new Map<Owner, Indexes>();

  private constructor(private readonly clients: Readonly<Record<Owner, Client>>) {}

  static async open(urls: Readonly<Record<Owner, string>>): Promise<OwnersDatabases> {
    const clients = Object.fromEntries(
      owners.map((owner) => [owner, new Client({ connectionString: urls[owner] })]),
    ) as Record<Owner, Client>;
    const opened = new OwnersDatabases(clients);
    for (const client of opened.all) {
      await client.connect();
      await client.query('begin');
    }
    return opened;
  }

  /** Owners whose databases hold something already. */
  async inUse(): Promise<Owner[]> {
    const used: Owner[] = [];
    for (const owner of owners) {
      const { rows } = await this.clients[owner].query<{ used: boolean }>(
        `select exists (select from ${sign[owner]}) as used`,
      );
      if (rows[0]?.used) used.push(owner);
    }
    return used;
  }

  /** Keys and indexes of what is to be written cost six times the price of COPY: they are made afterwards. */
  async dropIndexes(): Promise<void> {
    for (const owner of owners)
      this.indexes.set(owner, await Indexes.dropped(this.clients[owner], Object.keys(tables[owner])));
  }

  async makeIndexes(): Promise<void> {
    await Promise.all(owners.map((owner) => this.indexes.get(owner)?.makeAgain(this.clients[owner])));
  }

  /** The databases side by side, each in the order of its tables. */
  async write(packets: readonly Packet[]): Promise<void> {
    await Promise.all(
      owners.map(async (owner) => {
        for (const packet of packets) if (packet.owner === owner) await this.copy(packet);
      }),
    );
  }

  async commit(): Promise<void> {
    for (const client of this.all) await client.query('commit');
    await Promise.all(this.all.map((client) => client.query('analyze')));
  }

  /** Rolls back what was not committed. */
  async close(): Promise<void> {
    await Promise.all(this.all.map((client) => client.end()));
  }

  private get all(): Client[] {
    return owners.map((owner) => this.clients[owner]);
  }

  private copy({ owner, table, columns, bytes }: Packet): Promise<void> {
    const list = columns.map((column) => `"${column}"`).join(', ');
    const stream = this.clients[owner].query(from(`copy "${table}" (${list}) from stdin`));
    return new Promise((settle, fail) => {
      stream.once('error', (error) => fail(new Error(`${owner}.${table}: ${error.message}`, { cause: error })));
      stream.once('finish', () => settle());
      stream.end(bytes);
    });
  }
}
