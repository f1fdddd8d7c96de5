import type { Sql } from '../sql';
import { auditColumns } from './audit-row';

const headerBytes = 19;

/** Of one row: where its first field begins and where it ends. `bytes` is reused: copy what is kept. */
export type EachRow = (bytes: Buffer, start: number, end: number) => void;

/**
 * A query of pg's own kind that takes a binary COPY as it comes: PostgreSQL sends a message a row, so nothing has to be
 * cut out of a stream, which took longer than hashing the rows.
 */
class CopyOut {
  rows = 0;
  private isBegun = false;
  private failure: unknown;

  constructor(
    private readonly text: string,
    private readonly each: EachRow,
    private readonly done: (failure: unknown) => void,
  ) {}

  submit(connection: { query(text: string): void }): null {
    connection.query(this.text);
    return null;
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // signature and flags come in front of the first row
    const at = this.isBegun ? 0 : headerBytes;
    this.isBegun = true;
    if (this.failure || at === chunk.length || chunk.readInt16BE(at) < 0) return;
    this.rows += 1;
    try {
      this.each(chunk, at + 2, chunk.length);
    } catch (failure) {
      this.failure = failure;
    }
  }

  handleRowDescription(): void {
    // a COPY has none
  }

  handleCommandComplete(): void {
    // what follows is "ready"
  }

  /** pg lets go of a query that failed. */
  handleError(error: Error): void {
    this.done(error);
  }

  handleReadyForQuery(): void {
    this.done(this.failure);
  }
}

/** Rows of `audit_event` in their canonical form, as binary COPY sends them. Answers how many. */
export function copyRows(sql: Sql, condition: string, each: EachRow): Promise<number> {
  const text = `copy (select ${auditColumns.join(', ')} from audit_event ${condition}) to stdout (format binary)`;
  return new Promise((settle, fail) => {
    const copy = new CopyOut(text, each, (failure) => (failure ? fail(failure as Error) : settle(copy.rows)));
    sql.client.query(copy as never);
  });
}
