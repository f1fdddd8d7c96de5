import type { Sql, Vault } from '@shidang/persistence';
import type { FilledRow, SheetHead } from '../workbook/filled-sheet';
import { fromWire, toWire, type WireCell } from '../workbook/parser-protocol';
import type { PersonRows } from '../workbook/read-workbook';
import { numberOf } from './number-of';

/** One row of a checked workbook as it stands now. */
export interface StagedRow {
  readonly sheet: number;
  readonly person: string;
  readonly filled: FilledRow;
}

interface SealedRow {
  /** Cells by column. */
  c: (readonly [number, WireCell])[];
  /** Columns a merged range hides. */
  h?: readonly number[];
  /** Columns changed on screen, and by which account. */
  m?: (readonly [number, string])[];
}

interface RowOnTable {
  sheet_order: number;
  row: number;
  person: string;
  sealed: string;
}

export interface Staging {
  readonly id: string;
  readonly org_path: string;
}

const placeOf = (importId: string, sheet: number, row: number) => ({
  table: 'import_row',
  column: 'sealed',
  row: `${importId}/${sheet}/${row}`,
});

/** Whose rows belong together, without saying whose they are. A row without a number is alone. */
export const personKey = (vault: Vault, importId: string, number: string, sheet: number, row: number): string =>
  number === '' ? `#${sheet}/${row}` : vault.blind(`import/${importId}|${number}`);

export const isNameless = (person: string): boolean => person.startsWith('#');

export interface KeyedPerson {
  readonly person: string;
  readonly rows: PersonRows;
}

/** A person of the file with the key its rows are kept under: rows of nobody are judged one by one. */
export function keyed(vault: Vault, importId: string, person: PersonRows): KeyedPerson[] {
  if (person.number !== '') return [{ person: personKey(vault, importId, person.number, 0, 0), rows: person }];
  return person.rows.map((each) => ({
    person: personKey(vault, importId, '', each.sheet, each.row.row),
    rows: { number: '', rows: [each] },
  }));
}

function sealRow(vault: Vault, importId: string, sheet: number, filled: FilledRow): string {
  const content: SealedRow = {
    c: [...filled.cells].map(([column, cell]) => [column, toWire(cell)]),
    ...(filled.hidden?.length && { h: filled.hidden }),
    ...(filled.mended?.size && { m: [...filled.mended] }),
  };
  return vault.seal(JSON.stringify(content), placeOf(importId, sheet, filled.row));
}

function openRow(vault: Vault, importId: string, { sheet_order: sheet, row, person, sealed }: RowOnTable): StagedRow {
  const { c, h, m } = JSON.parse(vault.open(sealed, placeOf(importId, sheet, row))) as SealedRow;
  const cells = new Map(c.map(([column, cell]) => [column, fromWire(cell)]));
  return {
    sheet,
    person,
    filled: { row, cells, ...(h && { hidden: h }), ...(m && { mended: new Map(m) }) },
  };
}

/** Keeps rows in one statement; a row that is there already is replaced. */
export async function keepRows(sql: Sql, vault: Vault, target: Staging, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql(
    `insert into import_row (import_id, org_path, sheet_order, row, person, merged, sealed)
     select $1, $2, sheet_order, row, person, merged, sealed
     from unnest($3::int[], $4::int[], $5::text[], $6::boolean[], $7::text[]) as u (sheet_order, row, person, merged, sealed)
     on conflict (import_id, sheet_order, row) do update set person = excluded.person, merged = excluded.merged, sealed = excluded.sealed`,
    [
      target.id,
      target.org_path,
      rows.map((each) => each.sheet),
      rows.map((each) => each.filled.row),
      rows.map((each) => each.person),
      rows.map((each) => (each.filled.hidden?.length ?? 0) > 0),
      rows.map((each) => sealRow(vault, target.id, each.sheet, each.filled)),
    ],
    'import-rows-kept',
  );
}

const columns = `r.sheet_order, r.row, r.person, r.sealed`;

/** Rows of these people in the order of the workbook. */
export async function rowsOfPeople(
  sql: Sql,
  vault: Vault,
  importId: string,
  people: readonly string[],
): Promise<StagedRow[]> {
  const rows = await sql<RowOnTable>(
    `select ${columns} from import_row r where r.import_id = $1 and r.person = any($2::text[]) order by r.sheet_order, r.row`,
    [importId, people],
    'import-rows-of-people',
  );
  return rows.map((row) => openRow(vault, importId, row));
}

/** These rows, those that exist. */
export async function rowsAt(
  sql: Sql,
  vault: Vault,
  importId: string,
  places: readonly { readonly sheet: number; readonly row: number }[],
): Promise<StagedRow[]> {
  const rows = await sql<RowOnTable>(
    `select ${columns} from import_row r join (select distinct * from unnest($2::int[], $3::int[]) as w (sheet_order, row)) w
       on r.sheet_order = w.sheet_order and r.row = w.row
     where r.import_id = $1 order by r.sheet_order, r.row`,
    [importId, places.map((each) => each.sheet), places.map((each) => each.row)],
    'import-rows-at',
  );
  return rows.map((row) => openRow(vault, importId, row));
}

export interface RowRange {
  readonly sheet: number;
  /** First row. */
  readonly from: number;
  readonly found: boolean;
  readonly limit: number;
}

const foundHere = `exists (select 1 from import_issue f
  where f.import_id = r.import_id and f.sheet_order = r.sheet_order and coalesce(f.row, 0) = r.row)`;

export async function rowsFrom(sql: Sql, vault: Vault, importId: string, range: RowRange): Promise<StagedRow[]> {
  const rows = await sql<RowOnTable>(
    `select ${columns} from import_row r where r.import_id = $1 and r.sheet_order = $2 and r.row >= $3
       ${range.found ? `and ${foundHere}` : ''} order by r.row limit $4`,
    [importId, range.sheet, range.from, range.limit],
  );
  return rows.map((row) => openRow(vault, importId, row));
}

export interface SheetCount {
  sheet_order: number;
  rows: number;
  found: number;
}

export const sheetCounts = (sql: Sql, importId: string): Promise<SheetCount[]> =>
  sql<SheetCount>(
    `select r.sheet_order, count(*)::int as rows, (count(*) filter (where ${foundHere}))::int as found
     from import_row r where r.import_id = $1 group by r.sheet_order order by r.sheet_order`,
    [importId],
  );

/** People of the workbook in the order of their rows, with the rows. */
export function peopleIn(heads: readonly SheetHead[], rows: readonly StagedRow[]): KeyedPerson[] {
  const byPerson = new Map<string, StagedRow[]>();
  for (const row of rows) {
    const of = byPerson.get(row.person);
    if (of) of.push(row);
    else byPerson.set(row.person, [row]);
  }
  return [...byPerson].map(([person, of]) => ({
    person,
    rows: {
      number: isNameless(person) ? '' : numberOf(heads, of[0]!),
      rows: of.map(({ sheet, filled }) => ({ sheet, row: filled })),
    },
  }));
}
