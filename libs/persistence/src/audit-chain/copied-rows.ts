import { to } from 'pg-copy-streams';
import type { Sql } from '../sql';
import { auditColumns } from './audit-row';

const headerBytes = 19;

/** Of one row: where its first field begins and where it ends. `bytes` is reused: copy what is kept. */
export type EachRow = (bytes: Buffer, start: number, end: number) => void;

/** End of the tuple that begins at `start`, or -1 when `bytes` does not hold all of it. */
function endOfTuple(bytes: Buffer, start: number): number {
  if (start + 2 > bytes.length) return -1;
  const fields = bytes.readInt16BE(start);
  let at = start + 2;
  for (let i = 0; i < fields; i++) {
    if (at + 4 > bytes.length) return -1;
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(length, 0);
  }
  return at <= bytes.length ? at : -1;
}

/** Rows of `audit_event` in their canonical form, as binary COPY streams them. Answers how many. */
export async function copyRows(sql: Sql, condition: string, each: EachRow): Promise<number> {
  const query = `copy (select ${auditColumns.join(', ')} from audit_event ${condition}) to stdout (format binary)`;
  let rest: Buffer = Buffer.alloc(0);
  let skip = headerBytes;
  let rows = 0;
  for await (const chunk of sql.client.query(to(query)) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = Math.min(skip, bytes.length);
    skip -= at;
    while (skip === 0) {
      const end = endOfTuple(bytes, at);
      if (end < 0 || bytes.readInt16BE(at) < 0) break;
      each(bytes, at + 2, end);
      rows += 1;
      at = end;
    }
    rest = bytes.subarray(at);
  }
  return rows;
}
