import type { FinalState } from '../state/final-state';
import type { Violation } from './violation';

const open = new Set(['school-review', 'school-approved', 'authority-review']);

function counts<T>(rows: readonly T[], key: (row: T) => string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const row of rows) counted.set(key(row), (counted.get(key(row)) ?? 0) + 1);
  return counted;
}

/** One case per submission, one open case per record, and records knows where it stands. */
export function cases({ records, review }: FinalState): Violation[] {
  const check = 'cases';
  const bySubmission = counts(review.cases, ({ submission_id }) => submission_id);
  const submissions = new Set(records.submissions.map(({ id }) => id));
  const openOf = counts(
    review.cases.filter(({ stage, kind }) => open.has(stage) && kind !== 'change'),
    ({ teacher_id }) => teacher_id,
  );
  const stages = new Map(review.cases.map(({ id, stage }) => [id, stage]));
  return [
    ...records.submissions
      .filter(({ id, fresh }) => fresh && bySubmission.get(id) !== 1)
      .map(({ id }) => ({ check, says: `submission ${id} has ${bySubmission.get(id) ?? 0} cases` })),
    ...[...bySubmission]
      .filter(([, n]) => n > 1)
      .map(([id, n]) => ({ check, says: `submission ${id} has ${n} cases` })),
    ...review.cases
      .filter(({ submission_id }) => !submissions.has(submission_id))
      .map(({ id }) => ({ check, says: `case ${id} has no submission` })),
    ...[...openOf].filter(([, n]) => n > 1).map(([id, n]) => ({ check, says: `teacher ${id} has ${n} open cases` })),
    ...records.teachers
      .filter(({ case_id, case_stage }) => case_id && stages.get(case_id) !== case_stage)
      .map(({ id, case_id, case_stage }) => ({
        check,
        says: `teacher ${id}: records says ${case_stage}, review says ${stages.get(case_id!)}`,
      })),
    ...review.cases
      .filter(
        ({ held_by }) =>
          held_by &&
          !review.batches.some(({ id, state }) => id === held_by && state !== 'released' && state !== 'undone'),
      )
      .map(({ id, held_by }) => ({ check, says: `case ${id} is held by batch ${held_by}, which is closed` })),
  ];
}

/** A decision that binds records is applied there once, and nothing is applied that was not decided. */
export function decisions({ records, review }: FinalState): Violation[] {
  const check = 'decisions';
  const submissionOf = new Map(review.cases.map(({ id, submission_id }) => [id, submission_id]));
  const place = (submission: string | undefined, step: string, verdict: string) => `${submission} ${step} ${verdict}`;
  const taken = counts(review.decisions, ({ case_id, step, verdict }) =>
    place(submissionOf.get(case_id), step, verdict),
  );
  const applied = counts(records.reviews, ({ submission_id, step, verdict }) => place(submission_id, step, verdict));
  const fresh = new Set(
    review.decisions
      .filter((row) => row.fresh)
      .map((row) => place(submissionOf.get(row.case_id), row.step, row.verdict)),
  );
  return [...new Set([...fresh, ...applied.keys()])]
    .filter((each) => (taken.get(each) ?? 0) !== 1 || (applied.get(each) ?? 0) !== 1)
    .map((each) => ({
      check,
      says: `submission ${each}: decided ${taken.get(each) ?? 0} times, applied ${applied.get(each) ?? 0} times`,
    }));
}

/** An approved submission is one effective version; versions count from 1 without a hole, as the teacher and reporting say. */
export function effective({ records, reporting }: FinalState): Violation[] {
  const check = 'effective';
  const bySubmission = counts(records.effective, ({ submission_id }) => submission_id);
  const versions = new Map<string, number[]>();
  for (const { teacher_id, version } of records.effective)
    versions.set(teacher_id, [...(versions.get(teacher_id) ?? []), version]);
  const seen = new Map(reporting.states.map((row) => [row.teacher_id, row.effective_version]));
  return [
    ...records.submissions
      .filter(({ id, state }) => (state === 'approved') !== (bySubmission.get(id) === 1))
      .map(({ id, state }) => ({
        check,
        says: `submission ${id} is ${state} with ${bySubmission.get(id) ?? 0} effective versions`,
      })),
    ...records.teachers
      .filter(({ id, effective_version: n }) => {
        const kept = versions.get(id) ?? [];
        return kept.length !== n || !kept.every((each, i) => each === i + 1);
      })
      .map(({ id, effective_version: n }) => ({
        check,
        says: `teacher ${id} is at effective version ${n}, kept are ${versions.get(id)?.join(' ') ?? 'none'}`,
      })),
    ...records.teachers
      .filter(({ id, effective_version: n }) => seen.get(id) !== n)
      .map(({ id, effective_version: n }) => ({
        check,
        says: `teacher ${id}: effective version ${n}, reporting knows ${seen.get(id)}`,
      })),
  ];
}
