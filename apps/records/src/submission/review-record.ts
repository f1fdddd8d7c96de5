import type { CaseDecided, CaseMoved, Mark } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

type Step = 'school' | 'authority';

interface Review {
  fact: CaseDecided | CaseMoved;
  step: Step;
  verdict: 'approve' | 'return';
  marks: readonly Mark[];
}

async function keep(sql: Sql, reviews: readonly Review[]): Promise<void> {
  const rows = reviews.flatMap(({ fact, step, verdict, marks }) =>
    fact.actor
      ? [
          {
            submission_id: fact.submissionId,
            step,
            teacher_id: fact.teacherId,
            org_path: fact.orgPath,
            verdict,
            marks,
            case_id: fact.caseId,
            account_id: fact.actor.accountId,
            person_id: fact.actor.personId ?? null,
            role: fact.actor.role,
            at: fact.at,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  const columns = 'submission_id, step, teacher_id, org_path, verdict, marks, case_id, account_id, person_id, role, at';
  await sql(
    `insert into submission_review (${columns})
     select ${columns} from jsonb_populate_recordset(null::submission_review, $1::jsonb)
     on conflict (submission_id, step) do nothing`,
    [JSON.stringify(rows)],
    'review-record',
  );
}

/** 谁审核谁负责: who decided at which tier stays beside the content, whatever review later forgets. */
export const recordReviews = (sql: Sql, decisions: readonly CaseDecided[]): Promise<void> =>
  keep(
    sql,
    decisions.map((fact) => ({ fact, step: fact.step, verdict: fact.verdict, marks: fact.marks })),
  );

/** The principal's approval does not bind records and so is no decision; it is told as a move. */
export async function recordSchoolApproval(sql: Sql, moved: CaseMoved): Promise<void> {
  const approved = moved.stage === 'school-approved' && moved.from === 'school-review';
  if (approved) await keep(sql, [{ fact: moved, step: 'school', verdict: 'approve', marks: [] }]);
}
