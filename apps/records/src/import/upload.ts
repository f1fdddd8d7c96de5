import { createHash } from 'node:crypto';
import { importRefusals, workbookRefusals } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import type { ImportRow } from './import-row';

const placeOf = (importId: string, index: number) => ({
  table: 'upload_chunk',
  column: 'sealed',
  row: `${importId}/${index}`,
});

export const sealChunk = (vault: Vault, importId: string, index: number, bytes: Buffer): string =>
  vault.seal(bytes.toString('base64'), placeOf(importId, index));

/** The whole file, opened; refuses while pieces are missing or when it is not the file that was announced. */
export async function openUpload(sql: Sql, vault: Vault, { id, size, sha256 }: ImportRow): Promise<Buffer> {
  const chunks = await sql<{ index: number; sealed: string }>(
    `select index, sealed from upload_chunk where import_id = $1 order by index`,
    [id],
  );
  const file = Buffer.concat(
    chunks.map(({ index, sealed }) => Buffer.from(vault.open(sealed, placeOf(id, index)), 'base64')),
  );
  if (file.length !== size) throw importRefusals.chunkMissing({ importId: id, missing: size - file.length });
  if (sha256 && createHash('sha256').update(file).digest('hex') !== sha256.toLowerCase())
    throw workbookRefusals.truncated({});
  return file;
}

/** What was uploaded is personal data: it goes as soon as it is not needed any more. */
export async function dropUpload(sql: Sql, importId: string): Promise<void> {
  await dropUploads(sql, [importId]);
}

export async function dropUploads(sql: Sql, importIds: readonly string[]): Promise<void> {
  if (importIds.length === 0) return;
  for (const table of ['upload_chunk', 'import_row', 'import_person', 'import_mend'])
    await sql(`delete from ${table} where import_id = any($1::uuid[])`, [importIds]);
  await sql(`update import set has_file = false, heads = null, mends = 0 where id = any($1::uuid[])`, [importIds]);
}
