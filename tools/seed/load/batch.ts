import type { EventContract, Fact } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { copyLine, type Cell } from './copy-text';
import { owners, tables, type Owner, type TableOf } from './tables';

/** The whole seeding is one trace. */
const traceparent = '00-5eed0000000000000000000000005eed-5eed00000000005e-01';

export interface Told<F extends Fact> {
  readonly aggregateId: string;
  readonly fact: F;
  /** Kept in the log and not sent: whoever acts on it has the effect in its own tables already. */
  readonly past?: boolean;
}

/** Lines of one table on their way to the database. */
export interface Lines {
  readonly owner: Owner;
  readonly table: string;
  readonly columns: readonly string[];
  readonly text: string;
}

/** Rows that are written together, as lines of COPY by owner and table. */
export class Batch {
  private readonly lines = new Map<string, string[]>();

  /** `tells`: false where nobody is to learn of it by facts. */
  constructor(private readonly tells = true) {}

  add<O extends Owner, T extends TableOf<O>>(owner: O, table: T, row: Readonly<Record<string, Cell>>): void {
    const columns = columnsOf(owner, table);
    this.linesOf(owner, table).push(copyLine(columns.map((column) => row[column])));
  }

  /** A fact in its owner's outbox. Facts of one aggregate leave in the order they are added. */
  tell<F extends Fact>(event: EventContract<F>, { aggregateId, fact, past }: Told<F>): void {
    if (!this.tells) return;
    this.add(event.service as Owner, 'outbox' as never, {
      id: newId(),
      subject: event.subject,
      aggregate_id: aggregateId,
      org_path: fact.orgPath,
      payload: fact,
      traceparent,
      published_at: past ? fact.at : null,
    });
  }

  /** What there is, each owner's tables in the order they are to be written. */
  *all(): Generator<Lines> {
    for (const owner of owners) {
      for (const table of Object.keys(tables[owner])) {
        const lines = this.lines.get(`${owner}.${table}`);
        if (lines) yield { owner, table, columns: columnsOf(owner, table), text: `${lines.join('\n')}\n` };
      }
    }
  }

  get counts(): Record<string, number> {
    const all = owners.flatMap((owner) => Object.keys(tables[owner]).map((table) => `${owner}.${table}`));
    return Object.fromEntries(all.map((name) => [name, this.lines.get(name)?.length ?? 0]));
  }

  private linesOf(owner: Owner, table: string): string[] {
    const name = `${owner}.${table}`;
    let lines = this.lines.get(name);
    if (!lines) this.lines.set(name, (lines = []));
    return lines;
  }
}

const columnsOf = (owner: Owner, table: string): readonly string[] =>
  (tables[owner] as Readonly<Record<string, readonly string[]>>)[table]!;
