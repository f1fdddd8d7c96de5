import {
  importRefusals,
  type Refusal,
  type ImportCounts,
  type ImportFailure,
  type ImportIgnored,
  type ImportState,
  type ImportUndone,
  type ImportView,
} from '@shidang/contracts';
import type { Caller } from '@shidang/access';
import type { Sql, Vault } from '@shidang/persistence';
import type { WorkbookChoices } from './matching/workbook-choices';
import type { SheetHead } from './workbook/filled-sheet';

type Chosen = NonNullable<WorkbookChoices['chosen']>;

/** One import as it lies in the table. */
export interface ImportRow {
  id: string;
  org_path: string;
  organisation: string;
  organisation_name: string | null;
  account_id: string;
  post_id: string;
  file_name: string;
  size: number;
  sha256: string | null;
  state: ImportState;
  counts: ImportCounts | null;
  failure: ImportFailure | null;
  done_people: number;
  step_total: number;
  step_done: number;
  attempts: number;
  created_at: Date;
  checked_at: Date | null;
  committed_at: Date | null;
  /** Sealed: what the sheets are. */
  heads: string | null;
  /** What was said once for the whole workbook. */
  once: string[];
  version: number;
  mends: number;
  has_file: boolean;
  /** Sealed: what was said about the columns. */
  chosen: string | null;
  ignored: ImportIgnored | null;
  undone: ImportUndone | null;
  /** Of the request that ordered the step it is in. */
  traceparent: string | null;
}

export const importColumns = `i.id, i.org_path, i.organisation, i.account_id, i.post_id,
  (select o.name from organisation o where o.code = i.organisation) as organisation_name, i.file_name, i.size, i.sha256, i.state, i.counts,
  i.failure, i.done_people, i.step_total, i.step_done, i.attempts, i.created_at, i.checked_at, i.committed_at, i.heads, i.once, i.version, i.mends, i.has_file, i.chosen, i.ignored, i.undone, i.traceparent`;

/** The import in the scope of the transaction; elsewhere there is none. */
export async function importOf(sql: Sql, importId: string, options: { lock?: boolean } = {}): Promise<ImportRow> {
  const [row] = await sql<ImportRow>(
    `select ${importColumns} from import i where i.id = $1${options.lock ? ' for update' : ''}`,
    [importId],
  );
  if (!row) throw importRefusals.notFound({});
  return row;
}

export const toImportView = (row: ImportRow, caller: Pick<Caller, 'accountId'>): ImportView => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  size: row.size,
  organisation: row.organisation,
  organisationName: row.organisation_name ?? undefined,
  counts: row.counts ?? undefined,
  failure: row.failure ?? undefined,
  createdAt: row.created_at.toISOString(),
  checkedAt: row.checked_at?.toISOString(),
  committedAt: row.committed_at?.toISOString(),
  ignored: row.ignored ?? undefined,
  undone: row.undone ?? undefined,
  etag: String(row.version),
  undoable: row.mends,
  isOwn: row.account_id === caller.accountId,
  hasFile: row.has_file,
});

/** The import of whoever uploaded it; its cells are nobody else's business. */
export async function ownImport(
  sql: Sql,
  importId: string,
  caller: Pick<Caller, 'accountId'>,
  options: { lock?: boolean } = {},
): Promise<ImportRow> {
  const row = await importOf(sql, importId, options);
  if (row.account_id !== caller.accountId) throw importRefusals.notFound({});
  return row;
}

/** Nothing was checked yet, or what was is about to be checked anew. */
const beforeChecked: ReadonlySet<ImportState> = new Set(['uploaded', 'checking', 'matching']);

/** … while its rows are there. */
export async function stagedImport(
  sql: Sql,
  importId: string,
  caller: Pick<Caller, 'accountId'>,
  options: { lock?: boolean } = {},
): Promise<ImportRow & { heads: string }> {
  const row = await ownImport(sql, importId, caller, options);
  if (!row.has_file) throw importRefusals.fileGone({ importId });
  if (row.heads === null || beforeChecked.has(row.state))
    throw importRefusals.wrongState({ importId, state: row.state });
  return { ...row, heads: row.heads };
}

const headsPlace = (importId: string) => ({ table: 'import', column: 'heads', row: importId });

export const sealHeads = (vault: Vault, importId: string, heads: readonly SheetHead[]): string =>
  vault.seal(JSON.stringify(heads), headsPlace(importId));

export const openHeads = (vault: Vault, importId: string, sealed: string): readonly SheetHead[] =>
  JSON.parse(vault.open(sealed, headsPlace(importId))) as readonly SheetHead[];

const chosenPlace = (importId: string) => ({ table: 'import', column: 'chosen', row: importId });

export const sealChosen = (vault: Vault, importId: string, chosen: Chosen): string =>
  vault.seal(JSON.stringify(chosen), chosenPlace(importId));

export const openChosen = (vault: Vault, { id, chosen }: Pick<ImportRow, 'id' | 'chosen'>): Chosen | undefined =>
  chosen === null ? undefined : (JSON.parse(vault.open(chosen, chosenPlace(id))) as Chosen);

/** A refusal as the import keeps it. */
export const failureOf = (refusal: Refusal): ImportFailure => ({
  code: refusal.body.code,
  detail: refusal.body.zh,
  detailEn: refusal.body.en,
});
