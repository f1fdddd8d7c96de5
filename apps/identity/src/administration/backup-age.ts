import { Work } from '@shidang/persistence';
import { Metrics } from '@shidang/service-host';
import { Injectable } from '@nestjs/common';

const last = {
  name: 'backup-age',
  text: `select coalesce(extract(epoch from now() - max(taken_at)), 'Infinity')::float8 as seconds from backup_taken`,
} as const;

/** Shows in the metrics how old the last backup of the cluster is that `ops backup take` took; infinite when there is none. */
@Injectable()
export class BackupAge {
  constructor(metrics: Metrics, work: Work) {
    metrics.showAge(
      'shidang_backup_age_seconds',
      'How old the last backup of the cluster is; +Inf: none was ever taken',
      async () => {
        const [row] = await work.lookBeyond<{ seconds: number }>('jobs', last);
        return row?.seconds;
      },
    );
  }
}
