import type { Operation } from '../journal/operation';
import type { AuditRow, FinalState, OutboxRow } from '../state/final-state';

/** One batch leaves a row per thing it touched, with its own object named in each; the row of the write itself names only that. */
const manyTouched = new Set([
  'review.submission.send-upward',
  'review.batch.create',
  'review.batch.release',
  'review.batch.undo',
]);

function grouped<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const known = groups.get(key(row));
    if (known) known.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** What a write left behind in its service, found by the traces and the key the client sent. */
export class Evidence {
  private readonly audits: ReadonlyMap<string, readonly AuditRow[]>;
  private readonly facts: ReadonlyMap<string, readonly OutboxRow[]>;
  private readonly keys: ReadonlyMap<string, number>;

  constructor(state: FinalState) {
    this.audits = grouped(state.audit, (row) => row.trace_id ?? '');
    this.facts = grouped(state.outbox, (row) => row.trace);
    const answers = grouped(state.answers, ({ contract, key }) => `${contract} ${key}`);
    this.keys = new Map([...answers].map(([name, rows]) => [name, rows.length]));
  }

  /** How many times the operation was carried out, by the audit. */
  done(operation: Operation): number {
    return this.auditsOf(operation).filter(({ result }) => result === 'done').length;
  }

  refusals(operation: Operation): string[] {
    return this.auditsOf(operation)
      .map(({ result }) => result)
      .filter((result) => result !== 'done');
  }

  /** How many answers are stored under its key: one per contract and account. */
  kept({ contract, key }: Operation): number {
    return this.keys.get(`${contract} ${key}`) ?? 0;
  }

  told({ traces }: Operation): OutboxRow[] {
    return traces.flatMap((trace) => this.facts.get(trace) ?? []);
  }

  private auditsOf({ contract, traces }: Operation): AuditRow[] {
    return traces
      .flatMap((trace) => this.audits.get(trace) ?? [])
      .filter(({ what }) => what === contract)
      .filter(({ object, concerns }) => !manyTouched.has(contract) || concerns === null || concerns === object);
  }
}
