import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { commonRefusals, JobView, ReadJob, readRecordsJob } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { importColumns, type ImportRow } from '../import-row';
import { jobOf } from './job-view';

@Controller()
export class ReadJobHandler {
  constructor(private readonly work: Work) {}

  /** Where the import is read, its job is: row-level security decides. Everywhere else no such job exists, as with any other id. */
  @Handles(readRecordsJob)
  read({ jobId }: ReadJob, caller: Caller): Promise<JobView> {
    return this.work.read(caller, async (_, sql) => {
      const [row] = await sql<ImportRow>(`select ${importColumns} from import i where i.id = $1`, [jobId]);
      if (!row) throw commonRefusals.notFound({});
      return jobOf(row);
    });
  }
}
