import type { Sql } from '../sql';
import type { Work } from '../work';
import { sealBlock, type AuditBlock, type BlockPlan, type Fault, type RowToSeal } from './audit-block';
import type { AuditKeys } from './audit-keys';
import { copyRows } from './copied-rows';
import { idAt } from './audit-row';

type Tip = Pick<AuditBlock, 'sequence' | 'total' | 'hash' | 'opening'> & { last: string };

/** `sequence` of the last block, 0 before the first. */
export interface ChainLook {
  readonly sequence: number;
  readonly isWaiting: boolean;
}

const nil = '00000000-0000-0000-0000-000000000000';
const uuidForm = /^[0-9a-f-]{36}$/;

/** Rows of `audit_event` by id, ids as they are in it. */
async function rowsOf(sql: Sql, condition: string): Promise<RowToSeal[]> {
  const rows: RowToSeal[] = [];
  await copyRows(sql, condition, (bytes, start, end) =>
    rows.push({ id: idAt(bytes, start + 4), row: Buffer.from(bytes.subarray(start, end)) }),
  );
  return rows;
}

export const idList = (ids: readonly string[]): string => {
  if (!ids.every((id) => uuidForm.test(id))) throw new Error('not ids');
  return ids.map((id) => `'${id}'`).join(', ');
};

/**
 * Seals rows into the chain (T2): one sealer per database has the turn (`audit_turn`, skip locked). It takes what the
 * writing transactions queued, never "later than the last seen", so that a late commit is sealed when it comes; block and
 * emptied queue commit together, so that a crash seals nothing twice.
 */
export class AuditSealer {
  constructor(
    private readonly work: Work,
    private readonly keys: AuditKeys,
    private readonly service: string,
    private readonly most = 2_000,
  ) {}

  /** Whether there is something to seal, in one round trip: mostly there is not. */
  async look(): Promise<ChainLook> {
    const text = `select coalesce(tip.sequence, 0)::float8 as sequence,
        coalesce(tip.opening, true) or exists (select from audit_unsealed) as "isWaiting"
      from (values (1)) one left join lateral (select sequence, opening from audit_seal order by sequence desc limit 1) tip on true`;
    const [look] = await this.work.lookBeyond<ChainLook>('audit-chain', { name: 'audit-look', text });
    return look!;
  }

  /** Until nothing waits. Answers how many rows it sealed. */
  async sealAll(): Promise<number> {
    let all = 0;
    for (;;) {
      const { rows, more } = await this.seal();
      all += rows;
      if (!more) return all;
    }
  }

  /** One block. */
  seal(): Promise<{ rows: number; more: boolean }> {
    return this.work.beyond('audit-chain', async (_, sql) => {
      const turn = await takeTurn(sql, 'seal');
      if (!turn) return { rows: 0, more: false };
      const tip = await tipOf(sql);
      const opening = !tip || tip.opening ? await this.older(sql, tip) : undefined;
      const plan = opening ?? (await this.queued(sql, tip));
      if (!plan) return { rows: 0, more: false };
      await writeBlock(sql, sealBlock(this.keys, plan));
      return { rows: plan.rows.length, more: plan.opening || plan.rows.length + plan.faults.length >= this.most };
    });
  }

  /** The first blocks: rows that were there before the chain was, in the order of their ids. */
  private async older(sql: Sql, tip: Tip | undefined): Promise<BlockPlan | undefined> {
    const rows = await rowsOf(
      sql,
      `e where id > '${tip?.last || nil}' and not exists (select from audit_unsealed u where u.id = e.id) order by id limit ${this.most}`,
    );
    return rows.length === 0 ? undefined : this.plan(tip, { opening: true, rows, faults: [] });
  }

  /** After the opening there is always a block, empty if need be: from it on every row carries a mark. */
  private async queued(sql: Sql, tip: Tip | undefined): Promise<BlockPlan | undefined> {
    const queue = await sql<{ id: string; mark: Buffer }>(
      `select id, mark from audit_unsealed order by id limit $1`,
      [this.most],
      'audit-queue',
    );
    if (queue.length === 0 && tip && !tip.opening) return undefined;
    const ids = queue.map(({ id }) => id);
    const rows = ids.length === 0 ? [] : await rowsOf(sql, `where id in (${idList(ids)}) order by id`);
    await sql(`delete from audit_unsealed where id = any($1::uuid[])`, [ids], 'audit-dequeue');
    return this.plan(tip, { opening: false, rows, faults: faultsOf(this.keys, queue, rows) });
  }

  private plan(before: Tip | undefined, found: Pick<BlockPlan, 'opening' | 'rows' | 'faults'>): BlockPlan {
    return { service: this.service, before, at: new Date(), ...found };
  }
}

/** Until the end of the transaction; false while another replica has it. */
export async function takeTurn(sql: Sql, what: 'seal' | 'tell'): Promise<boolean> {
  const rows = await sql(`select what from audit_turn where what = $1 for update skip locked`, [what], 'audit-turn');
  return rows.length === 1;
}

/** As `takeTurn`, after whoever has it: throws after the lock time-out. */
export async function awaitTurn(sql: Sql, what: 'seal' | 'tell'): Promise<void> {
  await sql(`select what from audit_turn where what = $1 for update`, [what]);
}

/** What was queued and is not as its service wrote it. */
export function faultsOf(
  keys: AuditKeys,
  queue: readonly { id: string; mark: Buffer }[],
  rows: readonly RowToSeal[],
): Fault[] {
  const found = new Map(rows.map(({ id, row }) => [id, row]));
  return queue.flatMap(({ id, mark }): Fault[] => {
    const row = found.get(id);
    if (!row) return [{ row: id, why: 'missing' }];
    return keys.mark(row).equals(mark) ? [] : [{ row: id, why: 'forged' }];
  });
}

async function tipOf(sql: Sql): Promise<Tip | undefined> {
  const [tip] = await sql<Tip & { last: Buffer }>(
    `select sequence::float8 as sequence, total::float8 as total, hash, opening, right_of.last
     from audit_seal, lateral (select substring(entries from greatest(1, octet_length(entries) - 47) for 16) as last) right_of
     order by sequence desc limit 1`,
    [],
    'audit-tip',
  );
  return tip && { ...tip, last: tip.last.length === 16 ? idAt(tip.last) : '' };
}

async function writeBlock(sql: Sql, block: AuditBlock): Promise<void> {
  const { sequence, form, opening, at, rows, total, first, entries, faults, hash, signature } = block;
  await sql(
    `insert into audit_seal (sequence, form, opening, at, rows, total, first, entries, faults, hash, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [sequence, form, opening, at, rows, total, first, entries, faults, hash, signature],
    'audit-seal',
  );
}
