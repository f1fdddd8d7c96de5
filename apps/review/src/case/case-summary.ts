import { codeOfPath, type Caller, type Role } from '@shidang/access';
import type { CaseClaim, CaseStage, CaseSummary, SubmissionKind } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { stages } from './review-route';

interface CaseRow {
  id: string;
  submission_id: string;
  teacher_id: string;
  org_code: string;
  organisation_name: string | null;
  category: string;
  kind: SubmissionKind;
  stage: CaseStage;
  turn_org_path: string | null;
  turn_organisation_name: string | null;
  turn_role: Role | null;
  content_hash: string;
  contributors: string[];
  rule_hits: string[];
  school_skipped: boolean;
  shape: string;
  opened_at: Date | null;
  claimed_by: string | null;
  claimed_until: Date | null;
  held_until: Date | null;
  receipt: string | null;
  submitted_at: Date;
  moved_at: Date;
  version: number;
}

const selectCases = `select c.id, c.submission_id, c.teacher_id, c.org_code, o.name as organisation_name, c.category, c.kind, c.stage,
    c.turn_org_path, t.name as turn_organisation_name, c.turn_role, c.content_hash, c.contributors::text[], c.rule_hits,
    c.school_skipped, c.shape, c.claimed_by, c.claimed_until, c.opened_at, c.held_until, c.receipt, c.submitted_at, c.moved_at, c.version
  from review_case c
  left join organisation o on o.code = c.org_code
  left join organisation t on t.org_path = c.turn_org_path`;

/** Summaries of the cases in scope that meet the condition on `c`, straight from the database. */
export async function summaries(
  sql: Sql,
  caller: Caller,
  rest: string,
  params: readonly unknown[],
): Promise<CaseSummary[]> {
  const rows = await sql<CaseRow>(`${selectCases} ${rest}`, params);
  return rows.map((row) => summaryOf(row, caller));
}

export async function summaryById(sql: Sql, caller: Caller, caseId: string): Promise<CaseSummary | undefined> {
  const [found] = await summaries(sql, caller, 'where c.id = $1', [caseId]);
  return found;
}

const summaryOf = (row: CaseRow, caller: Caller): CaseSummary => ({
  id: row.id,
  submissionId: row.submission_id,
  teacherId: row.teacher_id,
  organisation: row.org_code,
  organisationName: row.organisation_name ?? undefined,
  category: row.category,
  kind: row.kind,
  shape: row.shape,
  stage: row.stage,
  turnOrganisation: row.turn_org_path ? codeOfPath(row.turn_org_path) : undefined,
  turnOrganisationName: row.turn_organisation_name ?? undefined,
  turnRole: row.turn_role ?? undefined,
  schoolSkipped: row.school_skipped,
  opened: row.opened_at !== null,
  decidable: decidable(row, caller),
  ruleHits: row.rule_hits,
  contentHash: row.content_hash,
  claimedBy: claimOf(row, caller),
  heldUntil: row.held_until?.toISOString(),
  receipt: row.receipt ?? undefined,
  submittedAt: row.submitted_at.toISOString(),
  movedAt: row.moved_at.toISOString(),
  etag: `${row.version}.${row.content_hash.slice(0, 8)}`,
});

/** Among colleagues only: whose turn it is, not whom it is about. */
function claimOf(row: CaseRow, caller: Caller): CaseClaim | undefined {
  const { claimed_by: accountId, claimed_until: until } = row;
  if (!accountId || !until || until <= new Date() || row.turn_org_path !== caller.orgPath) return undefined;
  return { accountId, mine: accountId === caller.accountId, until: until.toISOString() };
}

const decidable = (row: CaseRow, caller: Caller): boolean =>
  stages[row.stage].awaits !== undefined &&
  row.turn_org_path === caller.orgPath &&
  row.turn_role === caller.role &&
  row.held_until === null &&
  !row.contributors.includes(caller.personId);
