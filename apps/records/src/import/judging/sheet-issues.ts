import type { SheetHead } from '../workbook/filled-sheet';
import { wordsOf, type Issue } from './issue';

const severities = {
  unknown_column: 'warning',
  duplicate_column: 'warning',
  unknown_sheet: 'warning',
  no_header: 'error',
  merged_cells: 'error',
} as const;

/** What is wrong with the sheets as such: once each, however many rows suffer from it. */
export function sheetIssues(heads: readonly SheetHead[]): Issue[] {
  return heads.flatMap((head, sheetOrder) =>
    head.findings.map(({ code, row, column, text }): Issue => ({
      sheetOrder,
      sheet: head.sheet,
      ...(row !== undefined && { row }),
      ...(column !== undefined && { column }),
      // nothing above the column: whoever shows it says so in his language
      ...(text && { label: text }),
      code,
      severity: severities[code],
      words: wordsOf(code),
    })),
  );
}
