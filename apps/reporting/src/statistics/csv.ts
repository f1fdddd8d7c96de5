import type { StatisticsCell, StatisticsFile, StatisticsTable } from '@shidang/contracts';

/** A spreadsheet runs what begins like a formula; an apostrophe makes it text (D3). Quotes are doubled. */
export function csvCell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const line = (values: readonly string[]): string => values.map(csvCell).join(',');

const shown = (cell: StatisticsCell): string => cell.hidden ?? String(cell.n ?? 0);

/** UTF-8 with byte order mark, so that every spreadsheet reads Chinese right; the definition stands on the table. */
export function csvOf(table: StatisticsTable): StatisticsFile {
  const { organisation, indicator, asOf, columns, rows, totals, total } = table;
  const title = `${organisation.name}教师统计：${indicator.label.zh}`;
  const lines = [
    line([title]),
    line([indicator.definition.zh]),
    line([`截至 ${asOf}`]),
    line(['机构代码', '机构名称', ...columns.map((column) => column.name), '合计']),
    ...rows.map((row) =>
      line([row.organisation.code, row.organisation.name, ...row.cells.map(shown), shown(row.total)]),
    ),
    line(['', '合计', ...totals.map(shown), shown(total)]),
  ];
  return {
    fileName: `${organisation.code}-${indicator.key}-${asOf.slice(0, 10)}.csv`,
    contentType: 'text/csv; charset=utf-8',
    content: `\uFEFF${lines.join('\r\n')}\r\n`,
  };
}
