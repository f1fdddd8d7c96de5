import type { Caller } from '@shidang/access';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { AuditKeys } from './audit-chain/audit-keys';
import { auditColumns, encodeRow, type AuditRow } from './audit-chain/audit-row';
import type { Queued } from './audit-chain/stored-blocks';
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

interface Marking {
  keys: AuditKeys;
  rows: Queued[];
}
const markings = new WeakMap<Sql, Marking>();

/** Rows written on this transaction are marked with these keys; `Work` says so for each of its own. Answers those marked so far. */
export function markWith(sql: Sql, keys: AuditKeys): readonly Queued[] {
  const marking: Marking = { keys, rows: [] };
  markings.set(sql, marking);
  return marking.rows;
}

function markOf(sql: Sql, row: AuditRow): Buffer {
  const marking = markings.get(sql);
  if (!marking) throw new Error('audit rows are written inside Work');
  const mark = marking.keys.mark(encodeRow(row));
  marking.rows.push({ id: row.id, mark });
  return mark;
}

const traceId = () => currentRequest()?.traceparent.split('-')[1] ?? null;

/** One row of who did what to which object with which result; without it the operation does not commit (T1). It is queued for its seal (T2). */
export async function writeAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  const { text, params, name } = auditStatement(sql, entry);
  await sql(text, params, name);
}

/** The same to be sent along with others on this transaction. */
export function auditStatement(sql: Sql, entry: AuditEntry): Statement {
  const request = currentRequest();
  const row: AuditRow = {
    id: newId(),
    at: new Date(),
    account_id: entry.caller?.accountId ?? null,
    person_id: entry.caller?.personId ?? null,
    role: entry.caller?.role ?? null,
    org_path: entry.orgPath ?? entry.caller?.orgPath ?? '0.',
    what: entry.what,
    object: entry.object ?? null,
    result: entry.result,
    reason: entry.reason ?? request?.reason ?? null,
    before_hash: entry.beforeHash ?? null,
    after_hash: entry.afterHash ?? null,
    address: request?.address ?? null,
    trace_id: traceId(),
    concerns: entry.concerns ?? entry.object ?? null,
    fields: entry.fields && entry.fields.length > 0 ? [...entry.fields] : null,
  };
  return { name: 'audit', text: insertOne, params: [...auditColumns.map((column) => row[column]), markOf(sql, row)] };
}

// no `returning`: row-level security would ask whether the caller may read the row
const insertOne = `with written as (
    insert into audit_event (${auditColumns.join(', ')}) values (${auditColumns.map((_, i) => `$${i + 1}`).join(', ')})
  ) insert into audit_unsealed (id, mark) values ($1, $${auditColumns.length + 1})`;

/** What one row of the trail says of each of many things a batch touched. */
export interface Touched {
  concerns: string;
  orgPath: string;
  fields: readonly string[];
}

/** A batch leaves a row per thing too, so that the trail of one record tells of the batch: one statement, however many. */
export async function auditEach(sql: Sql, caller: Caller, object: string, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  const same = {
    at: new Date(),
    account_id: caller.accountId,
    person_id: caller.personId,
    role: caller.role,
    what: currentRequest()?.contract ?? 'work',
    object,
    result: 'done',
    reason: null,
    before_hash: null,
    after_hash: null,
    address: null,
    trace_id: traceId(),
  };
  const rows = touched.map(({ concerns, orgPath, fields }) => {
    const row: AuditRow = { id: newId(), ...same, org_path: orgPath, concerns, fields };
    return { ...row, mark: markOf(sql, row).toString('hex') };
  });
  await sql(insertEach, [JSON.stringify(rows)], 'audit-each');
}

const insertEach = `with given as (
    select * from jsonb_to_recordset($1::jsonb) as t (id uuid, at timestamptz, account_id uuid, person_id uuid, role text, org_path text, what text,
      object text, result text, reason text, before_hash text, after_hash text, address text, trace_id text, concerns text, fields text[], mark text)
  ), written as (
    insert into audit_event (${auditColumns.join(', ')}) select ${auditColumns.join(', ')} from given
  ) insert into audit_unsealed (id, mark) select id, decode(mark, 'hex') from given`;
