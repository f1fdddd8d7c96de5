import type { Caller } from '@shidang/access';
import { fileChunkBytes, type FileChunk } from '@shidang/contracts';
import { newId, type Sql, type Vault } from '@shidang/persistence';
import { createHash } from 'node:crypto';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file that was made for somebody. */
export interface MadeFile {
  readonly fileName: string;
  readonly bytes: Buffer;
}

const placeOf = (downloadId: string, index: number) => ({
  table: 'download_chunk',
  column: 'sealed',
  row: `${downloadId}/${index}`,
});

/**
 * Takes the making of this thing for this account; undefined while somebody makes it, or when it was made a moment ago.
 * Asked for again within 20 s it is the same download, whose answer was lost. Who takes it has two minutes.
 */
export async function takeMaking(sql: Sql, { accountId }: Caller, thing: string): Promise<string | undefined> {
  const id = newId();
  await sql(
    `delete from download where account_id = $1 and thing = $2 and making_until < now()
       or account_id = $1 and thing = $2 and made_at < now() - interval '20 seconds'`,
    [accountId, thing],
  );
  const taken = await sql(
    `insert into download (id, account_id, thing, making_until) values ($1, $2, $3, now() + interval '2 minutes')
     on conflict (account_id, thing) do nothing returning id`,
    [id, accountId, thing],
  );
  return taken.length === 1 ? id : undefined;
}

/** Lays the file down in sealed pieces; what nobody fetches is gone after two minutes. */
export async function shelve(sql: Sql, vault: Vault, id: string, { accountId }: Caller, made: MadeFile): Promise<void> {
  const { fileName, bytes } = made;
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  for (let index = 0; index * fileChunkBytes < bytes.length; index++) {
    const piece = bytes.subarray(index * fileChunkBytes, (index + 1) * fileChunkBytes);
    await sql(`insert into download_chunk (download_id, index, account_id, sealed) values ($1, $2, $3, $4)`, [
      id,
      index,
      accountId,
      vault.seal(piece.toString('base64'), placeOf(id, index)),
    ]);
  }
  await sql(
    `update download set file_name = $2, size = $3, etag = $4, made_at = now(), making_until = now() + interval '2 minutes' where id = $1`,
    [id, fileName, bytes.length, etag],
  );
}

export async function isShelved(sql: Sql, { accountId }: Caller, thing: string): Promise<boolean> {
  const rows = await sql(`select 1 from download where account_id = $1 and thing = $2 and made_at is not null`, [
    accountId,
    thing,
  ]);
  return rows.length === 1;
}

/** The piece that begins there; undefined when the file is gone. */
export async function shelvedPiece(
  sql: Sql,
  vault: Vault,
  { accountId }: Caller,
  thing: string,
  offset: number,
): Promise<FileChunk | undefined> {
  const index = Math.floor(offset / fileChunkBytes);
  const [row] = await sql<{ id: string; file_name: string; size: number; etag: string; sealed: string }>(
    `select d.id, d.file_name, d.size, d.etag, c.sealed from download d join download_chunk c on c.download_id = d.id and c.index = $3
     where d.account_id = $1 and d.thing = $2 and d.made_at is not null and d.making_until > now()`,
    [accountId, thing, index],
  );
  if (!row) return undefined;
  const bytes = Buffer.from(vault.open(row.sealed, placeOf(row.id, index)), 'base64').subarray(
    offset - index * fileChunkBytes,
  );
  const next = offset + bytes.length;
  const { file_name: fileName, size, etag } = row;
  return {
    ...{ fileName, contentType: xlsxType, size, offset, bytes: bytes.toString('base64'), etag },
    ...(next < size && { next }),
  };
}

/** Lets go of what was not fetched in time, and of what somebody began to make and never finished. */
export const sweepDownloads = (sql: Sql): Promise<unknown> => sql(`delete from download where making_until < now()`);
