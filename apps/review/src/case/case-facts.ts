import type { Caller } from '@shidang/access';
import {
  caseDecided,
  caseMoved,
  type Actor,
  type CaseMoved,
  type CaseStage,
  type MarkedValue,
  type ReviewStepName,
  type Verdict,
} from '@shidang/contracts';
import { tell, type SqlEntityManager } from '@shidang/persistence';
import { coded } from './case-decision.entity';
import type { ReviewCase } from './review-case.entity';

/** For the trail of the record, when many cases are moved at once; a case holds none of its values. */
export const touchedIn = ({ teacherId, orgPath }: ReviewCase) => ({
  concerns: `teacher:${teacherId}`,
  orgPath,
  fields: [],
});

export const actorOf = ({ accountId, personId, role }: Caller): Actor => ({ accountId, personId, role });

/**
 * Tells that the case changed its stage. Facts leave in order per teacher, not per case: a superseded case is told before
 * the one that takes its place.
 */
export async function tellMoved(
  em: SqlEntityManager,
  moved: ReviewCase,
  from?: CaseStage,
  actor?: Actor,
  said: Pick<CaseMoved, 'schoolMends'> = {},
): Promise<void> {
  await tell(
    em,
    caseMoved,
    {
      orgPath: moved.orgPath,
      actor,
      caseId: moved.id,
      submissionId: moved.submissionId,
      teacherId: moved.teacherId,
      schoolCode: moved.orgCode,
      category: moved.category,
      kind: moved.kind,
      stage: moved.stage,
      from,
      turnOrgPath: moved.turnOrgPath,
      turnRole: moved.turnRole,
      submittedBy: moved.submittedBy,
      schoolSkipped: moved.schoolSkipped,
      ...said,
      version: moved.version,
    },
    moved.teacherId,
  );
}

/** Tells what records must act on: the authority's approval, or a return by either tier. */
export async function tellDecided(
  em: SqlEntityManager,
  decided: ReviewCase,
  decision: { step: ReviewStepName; verdict: Verdict; marks: readonly MarkedValue[] },
  by: Caller,
): Promise<void> {
  if (decision.step === 'school' && decision.verdict === 'approve') return;
  await tell(
    em,
    caseDecided,
    {
      orgPath: decided.orgPath,
      actor: actorOf(by),
      caseId: decided.id,
      submissionId: decided.submissionId,
      teacherId: decided.teacherId,
      kind: decided.kind,
      step: decision.step,
      verdict: decision.verdict,
      contentHash: decided.contentHash,
      marks: decision.marks.map(coded),
    },
    decided.teacherId,
  );
}
