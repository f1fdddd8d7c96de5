import { Work } from '@shidang/persistence';
import { Metrics, type JobsNow } from '@shidang/service-host';
import { Injectable } from '@nestjs/common';

// a batch that is held is due when its time to undo it is over
const now = {
  name: 'batch-gauges',
  text: `select 'batch' as kind, s.state, count(b.id)::int as count,
      coalesce(max(extract(epoch from now() - greatest(coalesce(b.lease_until, b.created_at), case b.state when 'held' then b.release_at end)))
        filter (where b.lease_until is null or b.lease_until < now()), 0)::float8 as unattended
    from unnest(array['holding', 'held', 'releasing']) as s (state) left join review_batch b
      on b.state = s.state and b.state in ('holding', 'held', 'releasing')
    group by s.state`,
} as const;

/** Shows in the metrics how many batches are under way, and whether one is left lying. */
@Injectable()
export class BatchGauges {
  constructor(metrics: Metrics, work: Work) {
    metrics.showJobs(() => work.lookBeyond<JobsNow>('jobs', now));
  }
}
