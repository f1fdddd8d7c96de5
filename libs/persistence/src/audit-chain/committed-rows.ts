import type { Work } from '../work';
import { entryBytes, type AuditBlock, type Fault } from './audit-block';
import { idAt } from './audit-row';
import { blocksFrom, lastHead, queueOf, type Queued } from './stored-blocks';

const kept = 100_000;
/** A row whose commit is not known here yet may stand in a block that was sealed just before. */
const blocksBefore = 2;

function namesOf({ entries, faults }: AuditBlock): string[] {
  const sealed = Array.from({ length: entries.length / entryBytes }, (_, at) => idAt(entries, at * entryBytes));
  return [...sealed, ...(JSON.parse(faults) as Fault[]).map(({ row }) => row)];
}

/**
 * Audit rows this process has committed and has not met in a seal yet (T2). Whoever removes a row together with its place in the
 * queue, in the seconds before it is sealed, leaves no trace in the database; this process still knows of it.
 */
export class CommittedRows {
  private readonly marks = new Map<string, Buffer>();
  private seen: number | undefined;

  /** From here on rows are remembered: before the first handler runs. */
  async begin(work: Work): Promise<void> {
    const tip = await work.snapshot('audit-chain', (_, sql) => lastHead(sql));
    this.standAt(tip?.sequence ?? 0);
  }

  /** With none to meet, blocks up to this one need not be read. Answers whether that was so. */
  passOver(sequence: number): boolean {
    if (this.marks.size > 0) return false;
    this.standAt(sequence);
    return true;
  }

  private standAt(sequence: number): void {
    this.seen = Math.max(0, sequence - blocksBefore);
  }

  /** After their commit. Of more than a hundred thousand the oldest are forgotten: nothing has been sealed for long by then. */
  add(rows: readonly Queued[]): void {
    if (this.seen === undefined) return;
    for (const { id, mark } of rows) this.marks.set(id, mark);
    for (const id of this.marks.keys()) {
      if (this.marks.size <= kept) return;
      this.marks.delete(id);
    }
  }

  /**
   * Forgets what has been sealed. What is neither sealed nor queued in one snapshot was taken away: it is queued again, so that
   * the sealer finds the row missing and seals that, or seals the row. Answers those.
   */
  async meet(work: Work): Promise<string[]> {
    const asked = [...this.marks.keys()];
    const queued = await work.snapshot('audit-chain', async (_, sql) => {
      const tip = (await lastHead(sql))?.sequence ?? 0;
      // cut by somebody, or another database: verifying says so
      if (tip < (this.seen ?? 0)) this.seen = 0;
      for await (const blocks of blocksFrom(sql, this.seen ?? 0)) {
        for (const id of blocks.flatMap(namesOf)) this.marks.delete(id);
        this.seen = blocks.at(-1)!.sequence;
      }
      return new Set((await queueOf(sql)).map(({ id }) => id));
    });
    const gone = asked.filter((id) => this.marks.has(id) && !queued.has(id));
    if (gone.length > 0) await this.queueAgain(work, gone);
    return gone;
  }

  private async queueAgain(work: Work, ids: readonly string[]): Promise<void> {
    const marks = ids.map((id) => this.marks.get(id)!);
    await work.beyond('audit-chain', (_, sql) =>
      sql(
        `insert into audit_unsealed (id, mark) select * from unnest($1::uuid[], $2::bytea[]) on conflict do nothing`,
        [ids, marks],
      ),
    );
  }
}
