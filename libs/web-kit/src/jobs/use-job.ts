import { answer, type components } from '@shidang/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/api';
import { followEvents } from './follow-events';

export type Job = components['schemas']['JobView'];

export const isJobOver = (job: Pick<Job, 'state'> | undefined): boolean =>
  job?.state === 'done' || job?.state === 'undone' || job?.state === 'stopped';

/** Nothing comes by itself any more: it is over, or waits for its user. */
export const isJobStill = (job: Pick<Job, 'state'> | undefined): boolean => isJobOver(job) || job?.state === 'waiting';

export const jobKey = (jobId: string) => ['job', jobId] as const;

/** Asked again this often while no stream is open. */
const pollMilliseconds = 2_000;

/**
 * How far a job is: told by its stream, asked every two seconds while there is none. The job runs on the server: a page may be left and comes back to it.
 */
export function useJob(jobId: string | undefined) {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  const query = useQuery({
    queryKey: jobKey(jobId ?? ''),
    queryFn: () => answer(api.GET('/api/v1/jobs/{jobId}', { params: { path: { jobId: jobId! } } })),
    enabled: jobId !== undefined,
    refetchInterval: ({ state }) => (live || isJobStill(state.data) ? false : pollMilliseconds),
  });
  const still = isJobStill(query.data);
  useEffect(() => {
    if (jobId === undefined || still) return undefined;
    return followEvents({
      path: `/api/v1/jobs/${jobId}/events`,
      events: ['job'],
      hear: (_, job) => queries.setQueryData(jobKey(jobId), job as Job),
      live: setLive,
    });
  }, [jobId, still, queries]);
  return query;
}
