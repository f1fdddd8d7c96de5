import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { codeTableFor, findIndicator, identityFacts, type Category } from '@shidang/catalogue';
import { ImportById, ImportCauseList, listImportCauses, type ImportCause } from '@shidang/contracts';
import { Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { openWords, type IssueRow, type SealedWords } from './import-issues';
import { importOf, openHeads } from './import-row';
import { defaultCategory } from './judge-workbook';
import { shownSample } from './matching/shown-sample';
import { targetKey } from './matching/targets';
import { rowsAt } from './staged/staged-rows';
import { columnLetter, textOfCell } from './workbook/cell-value';
import type { FilledColumn, FilledRow, SheetHead } from './workbook/filled-sheet';

/** Causes shown; what is beyond is rarer than all of them. */
const mostCauses = 500;

interface CauseRow extends IssueRow {
  count: number;
}

/** "大学本课 37 处 → 全部改为 大学本科": equal mistakes with equal content are one line. */
@Controller()
export class ListImportCausesHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listImportCauses)
  list({ importId }: ImportById, caller: Caller): Promise<ImportCauseList> {
    return this.work.read(caller, async (_, sql) => {
      const found = await importOf(sql, importId);
      const heads = found.heads === null ? [] : openHeads(this.vault, importId, found.heads);
      const category = await defaultCategory(sql, caller);
      const rows = await sql<CauseRow>(
        `select f.import_id, f.n, f.sheet_order, f.sheet, f.row, f.column_order, f.code, f.severity, f.sealed, g.count
         from (select coalesce(cause, n::text) as cause, min(n) as n, count(*)::int as count
               from import_issue where import_id = $1 group by 1 order by count(*) desc, min(n) limit $2) g
         join import_issue f on f.import_id = $1 and f.n = g.n
         order by (f.severity = 'error') desc, g.count desc, f.sheet_order, coalesce(f.row, 0), f.n`,
        [importId, mostCauses],
      );
      const [all] = await sql<{ total: number }>(
        `select count(distinct coalesce(cause, n::text))::int as total from import_issue where import_id = $1`,
        [importId],
      );
      const isShown = found.account_id === caller.accountId && found.has_file;
      const single = isShown ? await singleCells(sql, this.vault, heads, rows) : new Map<number, SingleCell>();
      const causes = rows.map((row) => ({ ...this.causeOf(row, heads, category), ...single.get(row.n) }));
      return { causes, total: all?.total ?? 0 };
    });
  }

  private causeOf(row: CauseRow, heads: readonly SheetHead[], category: Category): ImportCause {
    const words = openWords(this.vault, row);
    const isSame = words.value !== undefined;
    return {
      sheet: row.sheet,
      ...(row.column_order !== null && { column: columnLetter(row.column_order) }),
      ...(words.label !== undefined && { label: words.label }),
      code: row.code,
      severity: row.severity,
      count: row.count,
      ...(isSame && { from: words.value }),
      ...(isSame && words.fix && { suggestion: fixOf(words.fix, heads[row.sheet_order], row.column_order, category) }),
      detail: words.zh,
      detailEn: words.en,
      ...(row.row !== null && { row: row.row }),
    };
  }
}

/** Rows opened for one list. */
const mostOpened = 100;

type SingleCell = Pick<ImportCause, 'shown' | 'person'>;

/** What stands in the one cell of a cause that has only one, by the number of its finding. */
async function singleCells(
  sql: Sql,
  vault: Vault,
  heads: readonly SheetHead[],
  causes: readonly CauseRow[],
): Promise<Map<number, SingleCell>> {
  const single = causes.filter(({ count, row }) => count === 1 && row !== null).slice(0, mostOpened);
  const [first] = single;
  if (!first) return new Map();
  const places = single.map(({ sheet_order: sheet, row }) => ({ sheet, row: row! }));
  const rows = await rowsAt(sql, vault, first.import_id, places);
  const byPlace = new Map(rows.map(({ sheet, filled }) => [`${sheet}/${filled.row}`, filled]));
  return new Map(
    single.map(({ n, sheet_order: sheet, row, column_order: at }) => {
      const filled = byPlace.get(`${sheet}/${row}`);
      return [n, filled && heads[sheet] ? cellIn(heads[sheet], filled, at) : {}];
    }),
  );
}

function cellIn({ section, columns }: SheetHead, { cells }: FilledRow, at: number | null): SingleCell {
  const textAt = (column: FilledColumn | undefined) => {
    const cell = column && cells.get(column.column);
    return cell === undefined ? '' : textOfCell(cell);
  };
  const column = columns.find((each) => each.column === at);
  const text = textAt(column);
  const person = textAt(columns.find((each) => each.person === 'name' || each.keys.includes(identityFacts.name)));
  return {
    ...(column && section && text !== '' && { shown: shownSample(section, text, [targetKey(column)]) }),
    ...(person !== '' && { person }),
  };
}

/** A code is written as the template offers it, `20-大学本科毕业`, so that whoever reads the cell knows what it says. */
function fixOf(
  fix: NonNullable<SealedWords['fix']>,
  head: SheetHead | undefined,
  at: number | null,
  category: Category,
): ImportCause['suggestion'] {
  const column = head?.columns.find((each) => each.column === at);
  const section = head?.section;
  const indicators = section ? (column?.keys ?? []).map((key) => findIndicator(section, key)) : [];
  const code = indicators
    .flatMap((each) => (each ? (codeTableFor(each, category)?.codes ?? []) : []))
    .find((each) => each.code === fix.value);
  const to = code ? `${code.code}-${code.name}` : fix.value;
  return { ...(to !== undefined && { to }), words: fix.zh, wordsEn: fix.en };
}
