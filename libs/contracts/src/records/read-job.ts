import { request } from '../contract';
import { JobView, ReadJob } from '../job';

/** An import as a job, for whom the import is there; everybody else's is not there. */
export const readRecordsJob = request('records.job.read', {
  permission: 'record.import',
  effect: 'read',
  request: ReadJob,
  reply: JobView,
});
