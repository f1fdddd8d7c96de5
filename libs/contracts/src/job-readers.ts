import type { JobKind } from './job';
import { readRecordsJob } from './records/read-job';
import { readReviewJob } from './review/read-job';

/** Who answers for each kind of job: a kind that nobody makes does not compile. All answer `request.not_found` in the same words. */
export const jobReaders = {
  'review-batch': readReviewJob,
  import: readRecordsJob,
} as const satisfies Readonly<Record<JobKind, typeof readReviewJob>>;
