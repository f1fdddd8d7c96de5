import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  exportMonthlyReport,
  fileChunkBytes,
  reportingRefusals,
  type ExportMonthlyReport,
  type FileChunk,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { MonthlyReport } from './monthly-report.entity';
import { viewOf } from './report-view';
import { reportFileName, sheetWorkbook, xlsxType } from './sheet-workbook';

@Controller()
export class ExportMonthlyReportHandler {
  constructor(private readonly work: Work) {}

  /** A sheet of forty rows is written anew for each piece, of which there is one; a frozen one always says the same. */
  @Handles(exportMonthlyReport)
  async write({ reportId, number, offset = 0 }: ExportMonthlyReport, caller: Caller): Promise<FileChunk> {
    const report = await this.work.read(caller, async (em, sql) => {
      const found = await em.findOne(MonthlyReport, { id: reportId });
      if (!found) throw reportingRefusals.reportNotFound({});
      return viewOf(sql, found, caller, number);
    });
    const file = await sheetWorkbook(report);
    const bytes = file.subarray(offset, offset + fileChunkBytes);
    const next = offset + bytes.length;
    return {
      fileName: reportFileName(report),
      contentType: xlsxType,
      size: file.length,
      offset,
      bytes: bytes.toString('base64'),
      ...(next < file.length && { next }),
      // of what it says: the bytes carry the second they were packed in
      etag: createHash('sha256').update(JSON.stringify(report)).digest('hex').slice(0, 16),
    };
  }
}
