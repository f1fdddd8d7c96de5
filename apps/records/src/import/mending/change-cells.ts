import type { Caller } from '@shidang/access';
import { importRefusals, type ImportMended } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import { openHeads, type ImportRow } from '../import-row';
import { countsOf } from '../staged/staged-people';
import { keepRows, personKey, rowsAt, type StagedRow } from '../staged/staged-rows';
import { numberOf } from '../staged/number-of';
import { columnLetter, type CellValue } from '../workbook/cell-value';
import type { SheetHead } from '../workbook/filled-sheet';
import { fromWire, toWire, type WireCell } from '../workbook/parser-protocol';
import { gridRows } from './grid-row';
import { rejudge } from './rejudge';

/** Rows answered with a change; a grid asks for the others. */
const mostRowsAnswered = 200;

/** What one cell becomes; without a value it is blank. `by`: the account that changed it on screen. */
export interface CellChange {
  readonly sheet: number;
  readonly row: number;
  readonly column: number;
  readonly value?: CellValue;
  readonly by?: string;
  readonly merged?: boolean;
}

interface Changing {
  readonly sql: Sql;
  readonly vault: Vault;
  readonly caller: Caller;
  readonly row: ImportRow & { heads: string };
}

/** A cell as it was: sheet, row, column, value, who had changed it, whether a merged range hid it. */
type Former = readonly [number, number, number, WireCell | null, string | null, boolean];

const placeOf = (importId: string, n: number) => ({ table: 'import_mend', column: 'sealed', row: `${importId}/${n}` });

const cellAt = ({ sheet, filled }: StagedRow, column: number): Former => {
  const cell = filled.cells.get(column);
  const isMerged = filled.hidden?.includes(column) ?? false;
  return [
    sheet,
    filled.row,
    column,
    cell === undefined ? null : toWire(cell),
    filled.mended?.get(column) ?? null,
    isMerged,
  ];
};

function changed(row: StagedRow, change: CellChange): StagedRow {
  const cells = new Map(row.filled.cells);
  if (change.value === undefined) cells.delete(change.column);
  else cells.set(change.column, change.value);
  const mended = new Map(row.filled.mended ?? []);
  if (change.by === undefined) mended.delete(change.column);
  else mended.set(change.column, change.by);
  const others = (row.filled.hidden ?? []).filter((column) => column !== change.column);
  const hidden = change.merged ? [...others, change.column] : others;
  return { ...row, filled: { row: row.filled.row, cells, mended, hidden } };
}

/** The cells as they are to be, the people this concerns judged anew; answers how the import stands then. */
async function apply(
  given: Changing,
  changes: readonly CellChange[],
  mends: number,
): Promise<{ former: Former[]; answer: () => Promise<ImportMended> }> {
  const { sql, vault, row } = given;
  const heads = openHeads(vault, row.id, row.heads);
  const found = await rowsAt(sql, vault, row.id, changes);
  const rows = new Map(found.map((each) => [`${each.sheet}/${each.filled.row}`, each]));
  const former: Former[] = [];
  const people = new Set(found.map((each) => each.person));
  for (const change of changes) {
    const key = `${change.sheet}/${change.row}`;
    const before = rows.get(key);
    if (!before) throw cellUnknown(heads, change);
    former.push(cellAt(before, change.column));
    const after = changed(before, change);
    const person = personKey(vault, row.id, numberOf(heads, after), after.sheet, after.filled.row);
    people.add(person);
    rows.set(key, { ...after, person });
  }
  await keepRows(sql, vault, row, [...rows.values()]);
  await rejudge({ ...given, heads }, people);
  const counts = await countsOf(sql, row.id);
  const [after] = await sql<{ version: number }>(
    `update import set counts = $2, version = version + 1, mends = $3 where id = $1 returning version`,
    [row.id, JSON.stringify(counts), mends],
  );
  const shown = [...rows.values()].slice(0, mostRowsAnswered);
  return {
    former,
    answer: async () => ({
      importId: row.id,
      changed: changes.length,
      counts,
      rows: await gridRows(sql, vault, row.id, heads, shown),
      undoable: mends,
      etag: String(after!.version),
    }),
  };
}

const cellUnknown = (heads: readonly SheetHead[], { sheet, row, column }: CellChange) =>
  importRefusals.cellUnknown({ sheet: heads[sheet]?.sheet ?? '', cell: `${columnLetter(column)}${row}` });

/** Changes cells and keeps how they were, so that the change can be taken back. */
export async function changeCells(given: Changing, changes: readonly CellChange[]): Promise<ImportMended> {
  const { sql, vault, row, caller } = given;
  const { former, answer } = await apply(given, changes, row.mends + 1);
  await sql(`insert into import_mend (import_id, n, org_path, account_id, sealed) values ($1, $2, $3, $4, $5)`, [
    row.id,
    row.mends + 1,
    row.org_path,
    caller.accountId,
    vault.seal(JSON.stringify(former), placeOf(row.id, row.mends + 1)),
  ]);
  return answer();
}

/** Cells that were changed on screen and not changed back, each once. */
export async function changedPlaces(
  sql: Sql,
  vault: Vault,
  importId: string,
): Promise<{ sheet: number; row: number; column: number }[]> {
  const mends = await sql<{ n: number; sealed: string }>(`select n, sealed from import_mend where import_id = $1`, [
    importId,
  ]);
  const places = new Map<string, { sheet: number; row: number; column: number }>();
  for (const { n, sealed } of mends) {
    for (const [sheet, row, column] of JSON.parse(vault.open(sealed, placeOf(importId, n))) as Former[])
      places.set(`${sheet}/${row}/${column}`, { sheet, row, column });
  }
  return [...places.values()];
}

/** Takes the last change back: every cell of it holds what it held before, and is judged so. */
export async function undoLast(given: Changing): Promise<ImportMended> {
  const { sql, vault, row } = given;
  const [last] = await sql<{ n: number; sealed: string }>(
    `delete from import_mend where import_id = $1 and n = (select max(n) from import_mend where import_id = $1) returning n, sealed`,
    [row.id],
  );
  if (!last) throw importRefusals.nothingToUndo({ importId: row.id });
  const former = JSON.parse(vault.open(last.sealed, placeOf(row.id, last.n))) as Former[];
  // the same cell twice in one change: the first of them is how it was
  const changes = former.reverse().map(([sheet, at, column, value, by, merged]): CellChange => ({
    sheet,
    row: at,
    column,
    ...(value !== null && { value: fromWire(value) }),
    ...(by !== null && { by }),
    merged,
  }));
  const { answer } = await apply(given, changes, last.n - 1);
  return answer();
}
