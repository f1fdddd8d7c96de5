import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  ImportById,
  ImportMended,
  importRefusals,
  MendImport,
  mendImport,
  ReplaceInImport,
  replaceInImport,
  undoMend,
} from '@shidang/contracts';
import { audited, expectVersion, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { openHeads, stagedImport, type ImportRow } from '../import-row';
import { rowsAt, rowsFrom, type StagedRow } from '../staged/staged-rows';
import { columnOf, textOfCell } from '../workbook/cell-value';
import { limits } from '../workbook/limits';
import { changeCells, undoLast, type CellChange } from './change-cells';

/** Cells one replacement may change within a request; judging their people anew takes about as long as a page. */
const mostReplaced = 1_000;
const rowsAtOnce = 2_000;

type Open = ImportRow & { heads: string };

/** Mending on screen what was found (ADR 0074): cell by cell, all equal ones together, and back again. */
@Controller()
export class MendImportHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(mendImport)
  mend({ importId, cells }: MendImport, caller: Caller): Promise<ImportMended> {
    return this.changing(importId, caller, (sql, row) => {
      const heads = openHeads(this.vault, importId, row.heads);
      const orders = new Map(heads.map((head, order) => [head.sheet, order]));
      const changes = cells.map(({ sheet, row: at, column, value }): CellChange => {
        const order = orders.get(sheet);
        const place = columnOf(column);
        if (order === undefined || place === 0 || place > limits.columns)
          throw importRefusals.cellUnknown({ sheet, cell: `${column}${at}` });
        return { sheet: order, row: at, column: place, by: caller.accountId, ...typed(value) };
      });
      return changeCells({ sql, vault: this.vault, caller, row }, changes);
    });
  }

  /** One content becomes another wherever the column says it: one change. */
  @Handles(replaceInImport)
  replace(command: ReplaceInImport, caller: Caller): Promise<ImportMended> {
    const { importId, sheet, column, from, to } = command;
    return this.changing(importId, caller, async (sql, row) => {
      const order = openHeads(this.vault, importId, row.heads).findIndex((head) => head.sheet === sheet);
      const place = columnOf(column);
      const rows = await this.rowsIn(sql, command, order, place);
      const changes = rows
        .filter(({ filled }) => {
          const cell = filled.cells.get(place);
          return cell !== undefined && textOfCell(cell) === from;
        })
        .map(({ filled }): CellChange => ({
          sheet: order,
          row: filled.row,
          column: place,
          by: caller.accountId,
          ...typed(to),
        }));
      if (changes.length === 0) throw importRefusals.nothingToReplace({ sheet, column });
      if (changes.length > mostReplaced)
        throw importRefusals.tooManyCells({ cells: changes.length, limit: mostReplaced });
      return changeCells({ sql, vault: this.vault, caller, row }, changes);
    });
  }

  @Handles(undoMend)
  undo({ importId }: ImportById, caller: Caller): Promise<ImportMended> {
    return this.changing(importId, caller, (sql, row) => undoLast({ sql, vault: this.vault, caller, row }));
  }

  private changing(
    importId: string,
    caller: Caller,
    change: (sql: Sql, row: Open) => Promise<ImportMended>,
  ): Promise<ImportMended> {
    return this.work.as(caller, async (em, sql) => {
      const row = await stagedImport(sql, importId, caller, { lock: true });
      if (row.state !== 'checked') throw importRefusals.wrongState({ importId, state: row.state });
      expectVersion(String(row.version));
      audited(em, { object: `import:${importId}` });
      return change(sql, row);
    });
  }

  /** With a code, the rows that have the finding in this column; else all rows of the sheet. */
  private async rowsIn(
    sql: Sql,
    { importId, code }: ReplaceInImport,
    sheet: number,
    column: number,
  ): Promise<StagedRow[]> {
    if (code !== undefined) {
      const places = await sql<{ row: number }>(
        `select distinct f.row from import_issue f where f.import_id = $1 and f.sheet_order = $2 and f.column_order = $3 and f.code = $4
           and f.row is not null`,
        [importId, sheet, column, code],
      );
      return rowsAt(
        sql,
        this.vault,
        importId,
        places.map(({ row }) => ({ sheet, row })),
      );
    }
    const rows: StagedRow[] = [];
    for (let from = 1; ;) {
      const part = await rowsFrom(sql, this.vault, importId, { sheet, from, found: false, limit: rowsAtOnce });
      rows.push(...part);
      if (part.length < rowsAtOnce) return rows;
      from = part.at(-1)!.filled.row + 1;
    }
  }
}

const typed = (text: string): { value?: string } => (text === '' ? {} : { value: text });
