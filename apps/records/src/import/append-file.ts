import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AppendFile, appendFile, FileAppended, fileChunkBytes, importRefusals } from '@shidang/contracts';
import { audited, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { importOf } from './import-row';
import { sealChunk } from './upload';

@Controller()
export class AppendFileHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Every piece but the last is full, so its place is known from its index; sending it again replaces it. */
  @Handles(appendFile)
  append({ uploadId, index, bytes }: AppendFile, caller: Caller): Promise<FileAppended> {
    const chunk = Buffer.from(bytes, 'base64');
    return this.work.as(caller, async (em, sql) => {
      const upload = await importOf(sql, uploadId, { lock: true });
      if (upload.account_id !== caller.accountId) throw importRefusals.notFound({});
      if (upload.state !== 'uploading') throw importRefusals.wrongState({ importId: uploadId, state: upload.state });
      const expected = Math.min(fileChunkBytes, upload.size - index * fileChunkBytes);
      if (chunk.length !== expected) throw importRefusals.chunkMisplaced({ index });
      await sql(
        `insert into upload_chunk (import_id, index, org_path, bytes, sealed) values ($1, $2, $3, $4, $5)
         on conflict (import_id, index) do update set bytes = excluded.bytes, sealed = excluded.sealed`,
        [uploadId, index, upload.org_path, chunk.length, sealChunk(this.vault, uploadId, index, chunk)],
      );
      const [sum] = await sql<{ received: number }>(
        `select coalesce(sum(bytes), 0)::int as received from upload_chunk where import_id = $1`,
        [uploadId],
      );
      audited(em, { object: `import:${uploadId}` });
      return { uploadId, received: sum?.received ?? 0, size: upload.size };
    });
  }
}
