import { isJobStill, JobProgress, useJob } from '@shidang/web-kit';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { importKey } from './import-state';

/** How far the worker is with an import; when it stands still, what it has come to is fetched. */
export function ImportProgress({ importId }: { readonly importId: string }) {
  const queries = useQueryClient();
  const { data: job, error } = useJob(importId);
  const isStill = isJobStill(job);
  useEffect(() => {
    if (!isStill) return;
    void queries.invalidateQueries({ queryKey: importKey(importId) });
    void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
  }, [isStill, importId, queries]);
  if (job) return <JobProgress job={job} />;
  return error ? <Problem error={error} /> : <Loading rows={2} />;
}
