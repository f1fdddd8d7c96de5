import type { Caller } from '@shidang/access';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { newId } from './new-id';
import type { Statement } from './pipeline';
import { currentRequest } from './request-context';
import type { Sql } from './sql';

/** What a use case adds to the audit row that every write leaves anyway. */
export interface AuditNote {
  /** `teacher:<id>`, `account:<id>` … of what was touched. */
  object?: string;
  /** What it belongs to, when that is something else: the record of an entry or of a case, `teacher:<id>`. */
  concerns?: string;
  /** Which values were written or shown, as `<section>.<indicator>`; never the values. */
  fields?: readonly string[];
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
  const { text, params, name } = auditStatement(entry);
  await sql(text, params, name);
}

/** The same to be sent along with others. */
export function auditStatement(entry: AuditEntry): Statement {
  const request = currentRequest();
  return {
    name: 'audit',
    text: `insert into audit_event (id, account_id, person_id, role, org_path, what, object, result, reason, before_hash, after_hash, address, trace_id,
       concerns, fields)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    params: [
      newId(),
      entry.caller?.accountId ?? null,
      entry.caller?.personId ?? null,
      entry.caller?.role ?? null,
      entry.orgPath ?? entry.caller?.orgPath ?? '0.',
      entry.what,
      entry.object ?? null,
      entry.result,
      entry.reason ?? request?.reason ?? null,
      entry.beforeHash ?? null,
      entry.afterHash ?? null,
      request?.address ?? null,
      request?.traceparent.split('-')[1] ?? null,
      entry.concerns ?? entry.object ?? null,
      entry.fields && entry.fields.length > 0 ? [...entry.fields] : null,
    ],
  };
}

/** What one row of the trail says of each of many things a batch touched. */
export interface Touched {
  concerns: string;
  orgPath: string;
  fields: readonly string[];
}

/** A batch leaves a row per thing too, so that the trail of one record tells of the batch: one statement, however many. */
export async function auditEach(sql: Sql, caller: Caller, object: string, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  const request = currentRequest();
  const rows = touched.map((each) => ({ id: newId(), ...each }));
  await sql(
    `insert into audit_event (id, account_id, person_id, role, org_path, what, object, result, trace_id, concerns, fields)
     select t.id, $2, $3, $4, t."orgPath", $5, $6, 'done', $7, t.concerns, t.fields
     from jsonb_to_recordset($1::jsonb) as t (id uuid, concerns text, "orgPath" text, fields text[])`,
    [
      JSON.stringify(rows),
      caller.accountId,
      caller.personId,
      caller.role,
      request?.contract ?? 'work',
      object,
      request?.traceparent.split('-')[1] ?? null,
    ],
    'audit-each',
  );
}
