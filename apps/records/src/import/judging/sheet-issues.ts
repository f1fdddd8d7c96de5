import type { SheetHead } from '../workbook/filled-sheet';
import { wordsOf, type Issue } from './issue';

const severities = {
  unknown_column: 'warning',
  duplicate_column: 'warning',
  unknown_sheet: 'warning',
  no_header: 'error',
  merged_cells: 'error',
} as const;

/** Something stands in the column, nothing above it. */
const untitled = '（无表头）';

/** What is wrong with the sheets as such: once each, however many rows suffer from it. */
export function sheetIssues(heads: readonly SheetHead[]): Issue[] {
  return heads.flatMap((head, sheetOrder) =>
    head.findings.map(({ code, row, column, text }): Issue => ({
      sheetOrder,
      sheet: head.sheet,
      ...(row !== undefined && { row }),
      ...(column !== undefined && { column }),
      label: text || untitled,
      code,
      severity: severities[code],
      words: wordsOf(code),
    })),
  );
}
