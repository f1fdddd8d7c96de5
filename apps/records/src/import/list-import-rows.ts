import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { findIndicator, identityFacts, templateColumns, type Category, type SectionKey } from '@shidang/catalogue';
import {
  ImportById,
  importRefusals,
  ImportRowPage,
  ImportSheetList,
  ListImportRows,
  listImportRows,
  listImportSheets,
  type ImportColumn,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { openHeads, stagedImport } from './import-row';
import { defaultCategory } from './judge-workbook';
import { gridRows } from './mending/grid-row';
import { rowsFrom, sheetCounts } from './staged/staged-rows';
import { columnLetter } from './workbook/cell-value';
import type { FilledColumn, SheetHead } from './workbook/filled-sheet';

/** Longer lists of choices are typed, not chosen. */
const mostChoices = 60;

/** What the grid shows. Only for whoever uploaded: nothing in it is masked. */
@Controller()
export class ListImportRowsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listImportSheets)
  sheets({ importId }: ImportById, caller: Caller): Promise<ImportSheetList> {
    return this.work.read(caller, async (_, sql) => {
      const row = await stagedImport(sql, importId, caller);
      const heads = openHeads(this.vault, importId, row.heads);
      const category = await defaultCategory(sql, caller);
      const counts = await sheetCounts(sql, importId);
      const findings = await findingsOf(sql, importId);
      const sheets = counts.flatMap(({ sheet_order: order, rows, found }) => {
        const head = heads[order];
        if (!head?.section) return [];
        const { errors = 0, findings: all = 0 } = findings.get(order) ?? {};
        const columns = columnsOf({ ...head, section: head.section }, category);
        const { sheet, section, headerRow } = head;
        return [{ sheet, section, headerRow, columns, rows, rowsFound: found, errors, findings: all }];
      });
      return { sheets };
    });
  }

  @Handles(listImportRows)
  rows(query: ListImportRows, caller: Caller): Promise<ImportRowPage> {
    const { importId, limit = 50 } = query;
    const found = query.with === 'errors';
    const owner = { list: `${listImportRows.name}/${importId}/${query.sheet}`, accountId: caller.accountId };
    const after = openCursor<number>(this.vault, query.cursor, owner);
    return this.work.read(caller, async (_, sql) => {
      const row = await stagedImport(sql, importId, caller);
      const heads = openHeads(this.vault, importId, row.heads);
      const sheet = heads.findIndex((head) => head.sheet === query.sheet && head.section);
      if (sheet < 0) throw importRefusals.cellUnknown({ sheet: query.sheet, cell: '' });
      const from = after ?? query.from ?? 1;
      const rows = await rowsFrom(sql, this.vault, importId, { sheet, from, found, limit: limit + 1 });
      const counted = (await sheetCounts(sql, importId)).find((each) => each.sheet_order === sheet);
      const next = rows.length > limit ? sealCursor(this.vault, rows[limit]!.filled.row, owner) : undefined;
      const total = (found ? counted?.found : counted?.rows) ?? 0;
      return {
        items: await gridRows(sql, this.vault, importId, heads, rows.slice(0, limit)),
        page: { next, total, totalIsExact: true },
      };
    });
  }
}

async function findingsOf(sql: Sql, importId: string): Promise<Map<number, { findings: number; errors: number }>> {
  const rows = await sql<{ sheet_order: number; findings: number; errors: number }>(
    `select f.sheet_order, count(*)::int as findings, (count(*) filter (where f.severity = 'error'))::int as errors
     from import_issue f where f.import_id = $1 group by f.sheet_order`,
    [importId],
  );
  return new Map(rows.map((each) => [each.sheet_order, each]));
}

/** Columns with content and meaning, and those between them nobody knows. */
function columnsOf(head: SheetHead & { section: SectionKey }, category: Category): ImportColumn[] {
  const known = head.columns.map((column) => columnOf(head.section, column, category));
  const unknown = head.findings
    .filter((each) => each.column !== undefined && (each.code === 'unknown_column' || each.code === 'duplicate_column'))
    .map((each): ImportColumn & { order: number } => ({
      order: each.column!,
      column: columnLetter(each.column!),
      title: each.text,
      isPerson: false,
      // nobody knows what stands in it
      isSensitive: true,
    }));
  return [...known, ...unknown].sort((a, b) => a.order - b.order).map(({ order: _, ...column }) => column);
}

function columnOf(section: SectionKey, column: FilledColumn, category: Category): ImportColumn & { order: number } {
  const columns = templateColumns(section, category);
  const key = column.keys.find((each) => columns.some((known) => known.key === each)) ?? column.keys[0];
  const indicator = columns.find((each) => each.key === key);
  // of several values in one cell none is the cell's
  const options = indicator?.multiValue ? undefined : indicator?.options;
  const isNumber = column.person === 'number' || key === identityFacts.documentNumber;
  return {
    order: column.column,
    column: columnLetter(column.column),
    title: column.title,
    ...(key !== undefined && { indicator: key }),
    isPerson: column.person !== undefined,
    isSensitive: isNumber || (key !== undefined && findIndicator(section, key)?.sensitive === true),
    ...(options && options.length <= mostChoices && { choices: [...options] }),
  };
}
