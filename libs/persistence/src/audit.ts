import type { Caller } from '@shidang/access';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { newId } from './new-id';
import { currentRequest } from './request-context';
import type { Sql } from './sql';

/** What a use case adds to the audit row that every write leaves anyway. */
export interface AuditNote {
  /** `teacher:<id>`, `account:<id>` … of what was touched. */
  object?: string;
  reason?: string;
  /** Contents before and after; only their hashes are kept. */
  before?: unknown;
  after?: unknown;
  /** Organisation of the object when it is not the caller's own. */
  orgPath?: string;
}

const notes = new WeakMap<SqlEntityManager, AuditNote>();

/** Says what the running write touches; the last word per field wins. */
export function audited(em: SqlEntityManager, note: AuditNote): void {
  notes.set(em, { ...notes.get(em), ...note });
}

export const noteOf = (em: SqlEntityManager): AuditNote => notes.get(em) ?? {};

/** A row as it is written: contents as keyed hashes, so that a copy of the audit is no dictionary of them. */
export interface AuditEntry extends Omit<AuditNote, 'before' | 'after'> {
  caller?: Caller;
  what: string;
  result: string;
  beforeHash?: string;
  afterHash?: string;
}

/** One row of who did what to which object with which result; without it the operation does not commit (T1). */
export async function writeAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  const request = currentRequest();
  await sql(
    `insert into audit_event (id, account_id, person_id, role, org_path, what, object, result, reason, before_hash, after_hash, address, trace_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      newId(),
      entry.caller?.accountId ?? null,
      entry.caller?.personId ?? null,
      entry.caller?.role ?? null,
      entry.orgPath ?? entry.caller?.orgPath ?? '0.',
      entry.what,
      entry.object ?? null,
      entry.result,
      entry.reason ?? null,
      entry.beforeHash ?? null,
      entry.afterHash ?? null,
      request?.address ?? null,
      request?.traceparent.split('-')[1] ?? null,
    ],
    'audit',
  );
}
