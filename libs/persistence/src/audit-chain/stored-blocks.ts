import { lowestIdAt } from '../new-id';
import type { Sql } from '../sql';
import { headOf, type AuditBlock, type AuditHead } from './audit-block';
import { idBytes } from './audit-row';

const rowsAtOnce = 50_000;
const blocksAtOnce = 2_000;

const headColumns = `sequence::float8 as sequence, rows, total::float8 as total, first, at, hash, signature`;

const headIn = (row: AuditHead & { at: Date | string }): AuditHead =>
  headOf({ ...row, at: new Date(row.at).toISOString() });

/** Where a walk begins: after this block. */
export interface Start {
  sequence: number;
  total: number;
  hash: string;
  opening: boolean;
  /** Rows from here on are read in order. */
  floor: string;
}

/** Blocks after `sequence`, in order, some tens of thousands of rows at a time. */
export async function* blocksFrom(sql: Sql, sequence: number): AsyncGenerator<AuditBlock[]> {
  for (let after = sequence; ;) {
    const found = await sql<AuditBlock & { at: Date }>(
      `select ${headColumns}, form, opening, entries, faults from (
         select s.*, sum(rows) over (order by sequence) - rows as ahead from
           (select * from audit_seal where sequence > $1 order by sequence limit ${blocksAtOnce}) s
       ) t where ahead < ${rowsAtOnce} order by sequence`,
      [after],
      'audit-blocks',
    );
    if (found.length === 0) return;
    yield found.map((row) => ({ ...row, at: row.at.toISOString() }));
    after = found.at(-1)!.sequence;
  }
}

/** Heads after `sequence`, as they are told outside. */
export async function headsAfter(sql: Sql, sequence: number, most: number): Promise<AuditHead[]> {
  const found = await sql<AuditHead & { at: Date }>(
    `select ${headColumns} from audit_seal where sequence > $1 order by sequence limit $2`,
    [sequence, most],
    'audit-heads',
  );
  return found.map(headIn);
}

export async function lastHead(sql: Sql): Promise<AuditHead | undefined> {
  const [found] = await sql<AuditHead & { at: Date }>(
    `select ${headColumns} from audit_seal order by sequence desc limit 1`,
    [],
    'audit-last-head',
  );
  return found && headIn(found);
}

/** The block before the newest ones that hold about `newest` rows; undefined = the beginning. */
export async function startFor(sql: Sql, newest: number | undefined): Promise<Start | undefined> {
  if (newest === undefined) return undefined;
  const [found] = await sql<Omit<Start, 'floor'> & { at: Date }>(
    `select sequence::float8 as sequence, total::float8 as total, hash, opening, at from audit_seal
     where total <= (select total from audit_seal order by sequence desc limit 1) - $1 and not opening order by sequence desc limit 1`,
    [newest],
  );
  return found && { ...found, floor: lowestIdAt(found.at.getTime()) };
}

export interface Queued {
  id: string;
  mark: Buffer;
}

/** What waits for its seal, oldest first. */
export const queueOf = (sql: Sql, most = 1_000_000): Promise<Queued[]> =>
  sql<Queued & object>(`select id, mark from audit_unsealed order by id limit $1`, [most], 'audit-waiting');

/** Whether any block names the row: reads the whole chain, for the few rows that raise the question. */
export async function holds(sql: Sql, id: string): Promise<boolean> {
  const found = await sql(`select from audit_seal where position($1::bytea in entries) > 0 limit 1`, [idBytes(id)]);
  return found.length > 0;
}

/** The block in which a row of that id could first have been sealed. */
export async function sequenceSealedAfter(sql: Sql, id: string): Promise<number | undefined> {
  const [found] = await sql<{ sequence: number }>(
    `select sequence::float8 as sequence from audit_seal where at >= $1 and not opening order by sequence limit 1`,
    [new Date(timeIn(id))],
  );
  return found?.sequence;
}

/** Unix milliseconds in a UUIDv7. */
export const timeIn = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** Seconds the oldest has waited, by the time in its id. */
export const waitedSeconds = (queue: readonly Pick<Queued, 'id'>[]): number =>
  queue[0] ? Math.max(0, (Date.now() - timeIn(queue[0].id)) / 1_000) : 0;
