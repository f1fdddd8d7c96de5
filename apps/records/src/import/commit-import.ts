import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { commitImport, ImportById, importRefusals, ImportView } from '@shidang/contracts';
import { audited, traceparentNow, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ImportBell } from './import-bell';
import { importColumns, importOf, toImportView, type ImportRow } from './import-row';
import { refuseWhileBusy, refusingSecond } from './one-running';

@Controller()
export class CommitImportHandler {
  constructor(
    private readonly work: Work,
    private readonly bell: ImportBell,
  ) {}

  /** Only orders the writing: the worker does it, chunk by chunk, as the caller who orders it now. */
  @Handles(commitImport)
  async commit({ importId }: ImportById, caller: Caller): Promise<ImportView> {
    const writing = this.work.as(caller, async (em, sql) => {
      const found = await importOf(sql, importId, { lock: true });
      // whoever commits answers for the content: the one who uploaded and saw what was found
      if (found.account_id !== caller.accountId) throw importRefusals.notFound({});
      if (found.state !== 'checked') throw importRefusals.wrongState({ importId, state: found.state });
      if (found.heads === null) throw importRefusals.fileGone({ importId });
      // 工作方案 五(三): what is reported as imported must have been written
      if (found.counts && found.counts.rows > 0 && found.counts.rows === found.counts.bad)
        throw importRefusals.noGoodRow({ importId });
      await refuseWhileBusy(sql, found.org_path);
      const [row] = await sql<ImportRow>(
        `update import i set state = 'committing', post_id = $2, attempts = 0, step_total = $3, step_done = 0, traceparent = $4 where i.id = $1 returning ${importColumns}`,
        [importId, caller.postId, found.counts?.rows ?? 0, traceparentNow()],
      );
      audited(em, { object: `import:${importId}` });
      return toImportView(row!, caller);
    });
    const view = await refusingSecond(this.work, caller, importId, writing);
    this.bell.ring();
    return view;
  }
}
