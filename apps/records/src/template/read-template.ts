import { createHash } from 'node:crypto';
import { catalogueVersion, type Category } from '@shidang/catalogue';
import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { fileChunkBytes, readTemplate, type FileChunk, type ReadTemplate } from '@shidang/contracts';
import { Controller } from '@nestjs/common';
import { templateFileName, templateWorkbook } from './template-workbook';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The template of a category, written once per process: it changes only with the catalogue. */
@Controller()
export class ReadTemplateHandler {
  private readonly written = new Map<Category, Promise<Buffer>>();

  @Handles(readTemplate)
  async read({ category, offset = 0 }: ReadTemplate, _caller: Caller): Promise<FileChunk> {
    const file = await this.fileOf(category);
    const bytes = file.subarray(offset, offset + fileChunkBytes);
    const next = offset + bytes.length;
    return {
      fileName: templateFileName(category),
      contentType: xlsxType,
      size: file.length,
      offset,
      bytes: bytes.toString('base64'),
      ...(next < file.length && { next }),
      etag: createHash('sha256').update(`${category}/${catalogueVersion}`).digest('hex').slice(0, 16),
    };
  }

  private fileOf(category: Category): Promise<Buffer> {
    let file = this.written.get(category);
    if (!file) {
      file = templateWorkbook(category);
      this.written.set(category, file);
      file.catch(() => this.written.delete(category));
    }
    return file;
  }
}
