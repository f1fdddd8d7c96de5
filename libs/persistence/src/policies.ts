/**
 * SQL of the row-level security that is the lock (A2). A setting that is unset is NULL and one that is empty is the
 * empty string; both give zero rows, because no path is below ''.
 * Each is a scalar subquery, so that PostgreSQL asks once per statement instead of once per row (5 µs a row otherwise).
 * Policies of one table are joined by OR and so never serve an index: a query over a large table names its range itself.
 */
const setting = (name: string) => `(select current_setting('shidang.${name}', true))`;

const inRange = (column: string) =>
  `${column} >= nullif(${setting('low')}, '') and ${column} < nullif(${setting('high')}, '')`;

const ofTeacher = (column: string) =>
  `(${setting('teacher')} = '*' or ${column} = nullif(nullif(${setting('teacher')}, ''), '*')::uuid)`;

const quoted = (name: string) => `"${name}"`;

/** Row-level security on, forced for the owner too: without any policy a table shows nothing. */
export function lock(table: string): string[] {
  return [
    `alter table ${quoted(table)} enable row level security`,
    `alter table ${quoted(table)} force row level security`,
  ];
}

/**
 * Rows within the caller's half-open range; with `teacher`, a teacher reaches only rows of his own.
 * `none`: a table a teacher reaches no row of. `any`: what his school sees he sees too (organisations, code data).
 */
export function scopePolicy(
  table: string,
  options: { path?: string; teacher?: string; teachers?: 'none' | 'any' } = {},
): string[] {
  const path = options.path ?? 'org_path';
  const dimension = options.teacher
    ? ` and ${ofTeacher(options.teacher)}`
    : options.teachers === 'any'
      ? ''
      : ` and ${setting('teacher')} = '*'`;
  const rule = `${inRange(path)}${dimension}`;
  return [...lock(table), `create policy scope on ${quoted(table)} using (${rule}) with check (${rule})`];
}

export type Verb = 'select' | 'insert' | 'update' | 'delete' | 'all';

/** What `work.beyond(purpose)` may do on a table. One policy per purpose and verb; nothing else opens the table. */
export function purposePolicy(table: string, purpose: string, verb: Verb = 'all'): string[] {
  const rule = `${setting('purpose')} = '${purpose}'`;
  const clause =
    verb === 'select' || verb === 'delete'
      ? `using (${rule})`
      : verb === 'insert'
        ? `with check (${rule})`
        : `using (${rule}) with check (${rule})`;
  return [`create policy "${purpose}_${verb}" on ${quoted(table)} for ${verb} ${clause}`];
}

/** Statements of a migration that touch rows: forced row-level security binds the owner too, so they run for a purpose. */
export const forPurpose = (purpose: string, statements: readonly string[]): string[] => [
  `select set_config('shidang.purpose', '${purpose}', true)`,
  ...statements,
  `select set_config('shidang.purpose', '', true)`,
];

/** Rows a caller's own account owns (idempotency, notices, sessions). */
export function accountPolicy(table: string, column = 'account_id'): string[] {
  const rule = `${column}::text = nullif(${setting('account')}, '')`;
  return [...lock(table), `create policy account on ${quoted(table)} using (${rule}) with check (${rule})`];
}

/** A table without person data that every entrance may use; the reason is kept as the policy's comment. */
export function openPolicy(table: string, verb: Verb, reason: string): string[] {
  const clause =
    verb === 'insert'
      ? 'with check (true)'
      : verb === 'select' || verb === 'delete'
        ? 'using (true)'
        : 'using (true) with check (true)';
  return [
    `create policy "open_${verb}" on ${quoted(table)} for ${verb} ${clause}`,
    `comment on policy "open_${verb}" on ${quoted(table)} is '${reason.replace(/'/g, "''")}'`,
  ];
}
