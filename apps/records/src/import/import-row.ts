import {
  importRefusals,
  type Refusal,
  type ImportCounts,
  type ImportFailure,
  type ImportState,
  type ImportView,
} from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

/** One import as it lies in the table. */
export interface ImportRow {
  id: string;
  org_path: string;
  organisation: string;
  account_id: string;
  post_id: string;
  file_name: string;
  size: number;
  sha256: string | null;
  state: ImportState;
  counts: ImportCounts | null;
  failure: ImportFailure | null;
  done_people: number;
  attempts: number;
  created_at: Date;
  checked_at: Date | null;
  committed_at: Date | null;
}

export const importColumns = `i.id, i.org_path, i.organisation, i.account_id, i.post_id, i.file_name, i.size, i.sha256, i.state, i.counts,
  i.failure, i.done_people, i.attempts, i.created_at, i.checked_at, i.committed_at`;

/** The import in the scope of the transaction; elsewhere there is none. */
export async function importOf(sql: Sql, importId: string, options: { lock?: boolean } = {}): Promise<ImportRow> {
  const [row] = await sql<ImportRow>(
    `select ${importColumns} from import i where i.id = $1${options.lock ? ' for update' : ''}`,
    [importId],
  );
  if (!row) throw importRefusals.notFound({});
  return row;
}

export const toImportView = (row: ImportRow): ImportView => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  size: row.size,
  organisation: row.organisation,
  counts: row.counts ?? undefined,
  failure: row.failure ?? undefined,
  createdAt: row.created_at.toISOString(),
  checkedAt: row.checked_at?.toISOString(),
  committedAt: row.committed_at?.toISOString(),
});

/** A refusal as the import keeps it. */
export const failureOf = (refusal: Refusal): ImportFailure => ({
  code: refusal.body.code,
  detail: refusal.body.zh,
  detailEn: refusal.body.en,
});
