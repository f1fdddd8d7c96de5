import { request } from '../contract';
import { JobView, ReadJob } from '../job';

/** Of the caller's own account and post; everybody else's is not there. */
export const readReviewJob = request('review.job.read', {
  permission: 'self.session',
  effect: 'read',
  request: ReadJob,
  reply: JobView,
});
