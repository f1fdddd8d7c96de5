import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ImportById, importRefusals, ImportView, undoImport } from '@shidang/contracts';
import { audited, traceparentNow, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ImportBell } from './import-bell';
import { importColumns, ownImport, toImportView, type ImportRow } from './import-row';
import { refuseWhileBusy, refusingSecond } from './one-running';

@Controller()
export class UndoImportHandler {
  constructor(
    private readonly work: Work,
    private readonly bell: ImportBell,
  ) {}

  /** Only orders it: the worker takes everything back in one transaction. An import taken back already is answered as it is. */
  @Handles(undoImport)
  async undo({ importId }: ImportById, caller: Caller): Promise<ImportView> {
    const writing = this.work.as(caller, async (em, sql) => {
      const found = await ownImport(sql, importId, caller, { lock: true });
      audited(em, { object: `import:${importId}` });
      if (found.state === 'undoing' || found.state === 'undone') return toImportView(found, caller);
      if (found.state !== 'committed') throw importRefusals.wrongState({ importId, state: found.state });
      await refuseWhileBusy(sql, found.org_path);
      const [row] = await sql<ImportRow>(
        `update import i set state = 'undoing', failure = null, post_id = $2, attempts = 0, traceparent = $3, step_done = 0,
           step_total = (select count(*) from import_touched t where t.import_id = i.id)
         where i.id = $1 returning ${importColumns}`,
        [importId, caller.postId, traceparentNow()],
      );
      return toImportView(row!, caller);
    });
    const view = await refusingSecond(this.work, caller, importId, writing);
    this.bell.ring();
    return view;
  }
}
