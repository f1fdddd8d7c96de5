import type { Sql } from '@shidang/persistence';
import type { Register } from './figures';

/** A sheet whose records are frozen. */
export interface FrozenSheet {
  readonly reportId: string;
  readonly number: number;
}

const recordsOf = (table: string) =>
  `select coalesce(json_agg(r), '[]') from (
     select status, formal_code, count(*)::int as n from ${table} group by status, formal_code) r`;

const rest = `
  (select coalesce(json_agg(a), '[]') from (
     select role, count(*)::int as issued, count(*) filter (where activated)::int as activated
     from account_state where org_path in (select $1 union all select org_path from schools) group by role) a) as accounts,
  (select count(*)::int from schools) as schools,
  (select count(*)::int from schools s where exists (select 1 from account_state a where a.org_path = s.org_path)) as "schoolsWithAccounts",
  (select sum(h.in_force)::int from head_count h join schools s on s.org_path = h.org_path) as "headCount"`;

const ownSchools = `with schools as (select org_path from organisation where parent_code = $2 and tier = 'school')`;

/** Of the schools directly below `$1` (path) and `$2` (code), as it is now. */
export const registerQuery = `${ownSchools} select (${recordsOf(
  `teacher_state where authority_path = $1 and status <> 'left'`,
)}) as records, ${rest}`;

/** What the register says now of the schools directly below an authority. */
export async function registerNow(sql: Sql, orgPath: string, orgCode: string): Promise<Register> {
  const [row] = await sql<Register>(registerQuery, [orgPath, orgCode]);
  return row!;
}

/** Freezes the records of these schools under a sheet's number, and answers the figures of exactly those. */
export async function freezeRegister(
  sql: Sql,
  orgPath: string,
  orgCode: string,
  sheet: FrozenSheet,
): Promise<Register> {
  await sql(
    `insert into report_record (report_id, number, teacher_id, org_path, record_version, effective_version, status, formal_code)
     select $2, $3, teacher_id, org_path, record_version, effective_version, status, formal_code
     from teacher_state where authority_path = $1 and status <> 'left'`,
    [orgPath, sheet.reportId, sheet.number],
  );
  const records = recordsOf(`report_record where report_id = $3 and number = $4`);
  const [row] = await sql<Register>(`${ownSchools} select (${records}) as records, ${rest}`, [
    orgPath,
    orgCode,
    sheet.reportId,
    sheet.number,
  ]);
  return row!;
}
