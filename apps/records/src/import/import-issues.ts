import { type Severity, type Value } from '@shidang/catalogue';
import type { ImportIssue } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import type { Issue } from './judging/issue';
import { columnLetter } from './workbook/cell-value';

/** Findings beyond this many are counted, not kept: a file with more is mended by its first ones. */
export const mostIssuesKept = 50_000;

export interface SealedWords {
  label?: string;
  /** What the cell says. */
  value?: string;
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

/** A finding with the rows it belongs to; `once`: to the workbook. Without a person it is about a sheet as such. */
export interface KeptIssue {
  readonly issue: Issue;
  readonly person: string | null;
}

export const ofPerson = (person: string, issues: readonly Issue[]): KeptIssue[] =>
  issues.map((issue) => ({ issue, person: issue.once === undefined ? person : 'once' }));

const causeOf = (vault: Vault, importId: string, { sheetOrder, column, code, value }: Issue): string =>
  vault.blind(`cause/${importId}|${sheetOrder}|${column ?? ''}|${code}|${value ?? ''}`);

/** Keeps findings in one statement, numbered on from `from`. Their words may quote a cell, so they are sealed. */
export async function keepIssues(
  sql: Sql,
  vault: Vault,
  target: { id: string; org_path: string },
  issues: readonly KeptIssue[],
  from: number,
): Promise<void> {
  if (issues.length === 0) return;
  const rows = issues.map(({ issue, person }, index) => {
    const words: SealedWords = {
      ...(issue.label !== undefined && { label: issue.label }),
      ...(issue.value !== undefined && { value: issue.value }),
      ...issue.words,
      ...(issue.fix && {
        fix: { ...issue.fix.words, ...(issue.fix.value !== undefined && { value: textOf(issue.fix.value) }) },
      }),
    };
    const cause = causeOf(vault, target.id, issue);
    return {
      issue,
      person,
      cause,
      n: from + index,
      sealed: vault.seal(JSON.stringify(words), placeOf(target.id, from + index)),
    };
  });
  await sql(
    `insert into import_issue (import_id, n, org_path, sheet_order, sheet, row, column_order, code, severity, sealed, person, cause)
     select $1, n, $2, sheet_order, sheet, row, column_order, code, severity, sealed, person, cause
     from unnest($3::int[], $4::int[], $5::text[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
       as u (n, sheet_order, sheet, row, column_order, code, severity, sealed, person, cause)`,
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
      rows.map((each) => each.person),
      rows.map((each) => each.cause),
    ],
  );
}

export const issueColumns = `f.import_id, f.n, f.sheet_order, f.sheet, f.row, f.column_order, f.code, f.severity, f.sealed`;

export const openWords = (vault: Vault, row: Pick<IssueRow, 'import_id' | 'n' | 'sealed'>): SealedWords =>
  JSON.parse(vault.open(row.sealed, placeOf(row.import_id, row.n))) as SealedWords;

export function openIssue(vault: Vault, row: IssueRow): ImportIssue {
  const words = openWords(vault, row);
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
