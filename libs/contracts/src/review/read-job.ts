import { request } from '../contract';
import { JobView, ReadJob } from '../job';

/** A batch of decisions is its maker's, an import's job is seen by whoever reads the import; every other is not there. */
export const readReviewJob = request('review.job.read', {
  permission: 'self.session',
  effect: 'read',
  request: ReadJob,
  reply: JobView,
});
