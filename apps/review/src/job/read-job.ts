import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { commonRefusals, JobView, ReadJob, readReviewJob } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { countsOf, jobOf } from '../batch/batch-view';
import { ReviewBatch } from '../batch/review-batch.entity';

@Controller()
export class ReadJobHandler {
  constructor(private readonly work: Work) {}

  /** Of the account and the place it was started from; for everybody else there is no such job. */
  @Handles(readReviewJob)
  read({ jobId }: ReadJob, caller: Caller): Promise<JobView> {
    return this.work.read(caller, async (em, sql) => {
      const mine = { id: jobId, accountId: caller.accountId, orgPath: caller.orgPath };
      const batch = await em.findOne(ReviewBatch, mine);
      if (!batch) throw commonRefusals.notFound({});
      return jobOf(batch, (await countsOf(sql, [batch.id])).get(batch.id)!);
    });
  }
}
