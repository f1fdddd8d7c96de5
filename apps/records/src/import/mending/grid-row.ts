import type { ImportCell, ImportGridRow, ImportIssue } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import { issueColumns, openIssue, type IssueRow } from '../import-issues';
import type { StagedRow } from '../staged/staged-rows';
import { columnLetter, isErrorCell, isFormula, textOfCell, type CellValue } from '../workbook/cell-value';
import type { SheetHead } from '../workbook/filled-sheet';

function cellsOf({ filled }: StagedRow): ImportCell[] {
  const columns = new Set([...filled.cells.keys(), ...(filled.hidden ?? [])]);
  return [...columns]
    .sort((a, b) => a - b)
    .map((column) => {
      const cell = filled.cells.get(column);
      const kind = filled.hidden?.includes(column) ? 'merged' : cell === undefined ? undefined : kindOf(cell);
      return {
        column: columnLetter(column),
        text: cell === undefined ? '' : textOfCell(cell),
        ...(kind && { kind }),
        ...(filled.mended?.has(column) && { isMended: true }),
      };
    });
}

const kindOf = (cell: CellValue) => (isFormula(cell) ? 'formula' : isErrorCell(cell) ? 'error' : undefined);

/** Rows as the grid shows them, with what is wrong in each. */
export async function gridRows(
  sql: Sql,
  vault: Vault,
  importId: string,
  heads: readonly SheetHead[],
  rows: readonly StagedRow[],
): Promise<ImportGridRow[]> {
  const found = await sql<IssueRow>(
    `select ${issueColumns} from import_issue f
     join (select distinct * from unnest($2::int[], $3::int[]) as w (sheet_order, row)) w on f.sheet_order = w.sheet_order and coalesce(f.row, 0) = w.row
     where f.import_id = $1 order by f.sheet_order, f.row, coalesce(f.column_order, 0), f.n`,
    [importId, rows.map((each) => each.sheet), rows.map((each) => each.filled.row)],
    'import-issues-of-rows',
  );
  const byRow = new Map<string, ImportIssue[]>();
  for (const each of found) {
    const key = `${each.sheet_order}/${each.row}`;
    byRow.set(key, [...(byRow.get(key) ?? []), openIssue(vault, each)]);
  }
  return rows.map((row) => ({
    sheet: heads[row.sheet]?.sheet ?? '',
    row: row.filled.row,
    cells: cellsOf(row),
    findings: byRow.get(`${row.sheet}/${row.filled.row}`) ?? [],
  }));
}
