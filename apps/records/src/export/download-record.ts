import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { DownloadRecord, downloadRecord, FileChunk } from '@shidang/contracts';
import { audited, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { DownloadShelf } from '../download/download-shelf';
import { headOf } from '../teacher/record-state';
import { peopleOf, prefilledWorkbook } from '../template/prefilled-workbook';
import { sensitiveFields } from '../value/sealed-values';

@Controller()
export class DownloadRecordHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly shelf: DownloadShelf,
  ) {}

  /** 本人档案 (domain: data protection): numbers stand in it in full, so it is written down like every export. */
  @Handles(downloadRecord)
  async download({ teacherId, offset = 0 }: DownloadRecord, caller: Caller): Promise<FileChunk> {
    const thing = `record/${teacherId}`;
    if (offset > 0) return this.shelf.piece(caller, thing, offset);
    const { orgPath, category, identity } = await this.work.read(caller, (_, sql) => headOf(sql, teacherId));
    const whose = { orgPath, category, teacherId };
    return this.shelf.first(caller, thing, async () => {
      const people = await this.work.as(caller, async (em, sql) => {
        audited(em, { object: `teacher:${teacherId}`, orgPath, fields: sensitiveFields, reason: '下载本人档案' });
        return peopleOf(sql, this.vault, whose);
      });
      const from = { work: this.work, vault: this.vault, caller };
      const bytes = await prefilledWorkbook(from, whose, people, () => true);
      return { fileName: `教师信息-${identity.name}.xlsx`, bytes };
    });
  }
}
