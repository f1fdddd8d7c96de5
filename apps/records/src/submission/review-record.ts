import type { CaseDecided, CaseMoved, Mark } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

type Step = 'school' | 'authority';

async function keep(
  sql: Sql,
  fact: CaseDecided | CaseMoved,
  review: { step: Step; verdict: 'approve' | 'return'; marks: readonly Mark[] },
): Promise<void> {
  if (!fact.actor) return;
  await sql(
    `insert into submission_review (submission_id, step, teacher_id, org_path, verdict, marks, case_id, account_id, person_id, role, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (submission_id, step) do nothing`,
    [
      fact.submissionId,
      review.step,
      fact.teacherId,
      fact.orgPath,
      review.verdict,
      JSON.stringify(review.marks),
      fact.caseId,
      fact.actor.accountId,
      fact.actor.personId ?? null,
      fact.actor.role,
      fact.at,
    ],
    'review-record',
  );
}

/** 谁审核谁负责: who decided at which tier stays beside the content, whatever review later forgets. */
export const recordReview = (sql: Sql, decided: CaseDecided): Promise<void> => keep(sql, decided, decided);

/** The principal's approval does not bind records and so is no decision; it is told as a move. */
export async function recordSchoolApproval(sql: Sql, moved: CaseMoved): Promise<void> {
  const approved = moved.stage === 'school-approved' && moved.from === 'school-review';
  if (approved) await keep(sql, moved, { step: 'school', verdict: 'approve', marks: [] });
}
