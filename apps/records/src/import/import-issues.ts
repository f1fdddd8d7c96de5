import { type Severity, type Value } from '@shidang/catalogue';
import type { ImportIssue } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import type { Issue } from './judging/issue';
import { columnLetter } from './workbook/cell-value';

/** Findings beyond this many are counted, not kept: a file with more is mended by its first ones. */
export const mostIssuesKept = 50_000;

interface SealedWords {
  label?: string;
  zh: string;
  en: string;
  fix?: { value?: string; zh: string; en: string };
}

export interface IssueRow {
  import_id: string;
  n: number;
  sheet_order: number;
  sheet: string;
  row: number | null;
  column_order: number | null;
  code: string;
  severity: Severity;
  sealed: string;
}

const placeOf = (importId: string, n: number) => ({ table: 'import_issue', column: 'sealed', row: `${importId}/${n}` });

const textOf = (value: Value): string => (Array.isArray(value) ? value.join(',') : String(value));

/** Keeps findings in one statement. Their words may quote a cell, so they are sealed. */
export async function keepIssues(
  sql: Sql,
  vault: Vault,
  target: { id: string; org_path: string },
  issues: readonly Issue[],
  from: number,
): Promise<void> {
  const kept = issues.slice(0, Math.max(0, mostIssuesKept - from));
  if (kept.length === 0) return;
  const rows = kept.map((issue, index) => {
    const words: SealedWords = {
      ...(issue.label !== undefined && { label: issue.label }),
      ...issue.words,
      ...(issue.fix && {
        fix: { ...issue.fix.words, ...(issue.fix.value !== undefined && { value: textOf(issue.fix.value) }) },
      }),
    };
    return { issue, n: from + index, sealed: vault.seal(JSON.stringify(words), placeOf(target.id, from + index)) };
  });
  await sql(
    `insert into import_issue (import_id, n, org_path, sheet_order, sheet, row, column_order, code, severity, sealed)
     select $1, n, $2, sheet_order, sheet, row, column_order, code, severity, sealed
     from unnest($3::int[], $4::int[], $5::text[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[])
       as u (n, sheet_order, sheet, row, column_order, code, severity, sealed)`,
    [
      target.id,
      target.org_path,
      rows.map((each) => each.n),
      rows.map((each) => each.issue.sheetOrder),
      rows.map((each) => each.issue.sheet),
      rows.map((each) => each.issue.row ?? null),
      rows.map((each) => each.issue.column ?? null),
      rows.map((each) => each.issue.code),
      rows.map((each) => each.issue.severity),
      rows.map((each) => each.sealed),
    ],
  );
}

export function openIssue(vault: Vault, row: IssueRow): ImportIssue {
  const words = JSON.parse(vault.open(row.sealed, placeOf(row.import_id, row.n))) as SealedWords;
  return {
    sheet: row.sheet,
    row: row.row ?? undefined,
    column: row.column_order === null ? undefined : columnLetter(row.column_order),
    label: words.label,
    code: row.code,
    severity: row.severity,
    detail: words.zh,
    detailEn: words.en,
    fix: words.fix && { value: words.fix.value, words: words.fix.zh, wordsEn: words.fix.en },
  };
}
