import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { BeginImport, beginImport, fileChunkBytes, ImportBegun } from '@shidang/contracts';
import { audited, newId, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';

@Controller()
export class BeginImportHandler {
  constructor(private readonly work: Work) {}

  /** A new upload of an account takes the place of one it never finished: nobody fills the table with beginnings. */
  @Handles(beginImport)
  begin({ fileName, size, sha256 }: BeginImport, caller: Caller): Promise<ImportBegun> {
    return this.work.as(caller, async (em, sql) => {
      const importId = newId();
      await sql(`delete from import where account_id = $1 and org_path = $2 and state = 'uploading'`, [
        caller.accountId,
        caller.orgPath,
      ]);
      await sql(
        `insert into import (id, org_path, organisation, account_id, post_id, file_name, size, sha256, has_file)
         values ($1, $2, $3, $4, $5, $6, $7, $8, true)`,
        [importId, caller.orgPath, caller.orgCode, caller.accountId, caller.postId, fileName, size, sha256 ?? null],
      );
      audited(em, { object: `import:${importId}` });
      return { importId, uploadId: importId, chunkSize: fileChunkBytes };
    });
  }
}
