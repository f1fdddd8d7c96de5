import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ImportById, importRefusals, ImportView, Refusal, startImport } from '@shidang/contracts';
import { audited, traceparentNow, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ImportBell } from './import-bell';
import { failureOf, importColumns, importOf, toImportView, type ImportRow } from './import-row';
import { refuseWhileBusy, refusingSecond } from './one-running';
import { dropUpload, openUpload } from './upload';
import { inspectFile } from './workbook/parser-process';

@Controller()
export class StartImportHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bell: ImportBell,
  ) {}

  /** The file is looked at before anything is promised: a hostile one is refused here, with the reason. */
  @Handles(startImport)
  async start({ importId }: ImportById, caller: Caller): Promise<ImportView> {
    const file = await this.work.read(caller, async (_, sql) => {
      const upload = await ownUpload(sql, importId, caller);
      await refuseWhileBusy(sql, upload.org_path);
      return openUpload(sql, this.vault, upload);
    });
    await this.inspect(file, importId);
    const writing = this.work.as(caller, async (em, sql) => {
      const upload = await ownUpload(sql, importId, caller);
      await refuseWhileBusy(sql, upload.org_path);
      const [row] = await sql<ImportRow>(
        `update import i set state = 'uploaded', traceparent = $2 where i.id = $1 and i.state = 'uploading' returning ${importColumns}`,
        [importId, traceparentNow()],
      );
      if (!row) throw importRefusals.wrongState({ importId, state: upload.state });
      audited(em, { object: `import:${importId}` });
      return toImportView(row, caller);
    });
    const view = await refusingSecond(this.work, caller, importId, writing);
    this.bell.ring();
    return view;
  }

  private async inspect(file: Buffer, importId: string): Promise<void> {
    try {
      await inspectFile(file);
    } catch (error) {
      if (error instanceof Refusal) await this.fail(importId, error);
      throw error;
    }
  }

  /** The refusal itself is the answer; the import keeps it for whoever looks later. */
  private fail(importId: string, refusal: Refusal): Promise<void> {
    return this.work.beyond('jobs', async (_, sql) => {
      await sql(`update import set state = 'failed', failure = $2 where id = $1 and state = 'uploading'`, [
        importId,
        JSON.stringify(failureOf(refusal)),
      ]);
      await dropUpload(sql, importId);
    });
  }
}

async function ownUpload(sql: Sql, importId: string, caller: Caller): Promise<ImportRow> {
  const upload = await importOf(sql, importId);
  if (upload.account_id !== caller.accountId) throw importRefusals.notFound({});
  if (upload.state !== 'uploading') throw importRefusals.wrongState({ importId, state: upload.state });
  return upload;
}
