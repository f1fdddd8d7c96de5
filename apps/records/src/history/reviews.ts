import type { HistoryReview } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

/** One review of one version of a row, or of a change request. */
export interface ReviewedEntry {
  entryId: string | null;
  version: number;
  changeRequestId: string | null;
  review: HistoryReview;
}

interface ReviewRow {
  submission_id: string;
  step: HistoryReview['step'];
  verdict: HistoryReview['verdict'];
  account_id: string;
  person_id: string | null;
  role: string;
  at: Date;
  entry_id: string | null;
  version: number;
  change_request_id: string | null;
}

/** Who reviewed what of this teacher, at which tier, oldest first; the content itself is not read out of its rows. */
export async function reviewsOf(sql: Sql, teacherId: string): Promise<ReviewedEntry[]> {
  const rows = await sql<ReviewRow>(
    `select r.submission_id, r.step, r.verdict, r.account_id, r.person_id, r.role, r.at, c.entry_id, c.version, c.change_request_id
     from submission_review r join submission s on s.id = r.submission_id
     cross join lateral (
       select (x ->> 'id')::uuid as entry_id, (x ->> 'version')::int as version, null::uuid as change_request_id
       from jsonb_array_elements(s.content -> 'entries') x
       union all
       select null, 0, (y ->> 'id')::uuid from jsonb_array_elements(s.content -> 'changes') y) c
     where r.teacher_id = $1 order by r.at`,
    [teacherId],
    'reviews-of-teacher',
  );
  return rows.map((row) => ({
    entryId: row.entry_id,
    version: row.version,
    changeRequestId: row.change_request_id,
    review: {
      submissionId: row.submission_id,
      step: row.step,
      verdict: row.verdict,
      by: { accountId: row.account_id, personId: row.person_id ?? undefined, role: row.role },
      at: row.at.toISOString(),
    },
  }));
}
