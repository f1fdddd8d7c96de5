import { Work } from '@shidang/persistence';
import { Metrics, type JobsNow } from '@shidang/service-host';
import { Injectable } from '@nestjs/common';

const now = {
  name: 'import-gauges',
  text: `select 'import' as kind, s.state, count(i.id)::int as count,
      coalesce(max(extract(epoch from now() - coalesce(i.lease_until, i.created_at)))
        filter (where i.lease_until is null or i.lease_until < now()), 0)::float8 as unattended
    from unnest(array['uploaded', 'checking', 'committing', 'undoing']) as s (state) left join import i
      on i.state = s.state and i.state in ('uploaded', 'checking', 'committing', 'undoing')
    group by s.state`,
} as const;

/** Shows in the metrics how many imports are under way, and whether one is left lying. */
@Injectable()
export class ImportGauges {
  constructor(metrics: Metrics, work: Work) {
    metrics.showJobs(() => work.lookBeyond<JobsNow>('jobs', now));
  }
}
