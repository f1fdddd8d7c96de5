import type { Sql, Statement } from '@shidang/persistence';

/** Inserts any number of rows in one statement; `columns` are the ones every row carries, the others take their default. */
export async function insertRows<Row extends object>(
  sql: Sql,
  table: string,
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, params } = insertionOf(table, columns, rows);
  await sql(text, params);
}

/** The same to be sent along with others. */
export function insertionOf<Row extends object>(
  table: string,
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Statement {
  const list = columns.map((column) => `"${column}"`).join(', ');
  return {
    text: `insert into "${table}" (${list}) select ${list} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
    params: [JSON.stringify(rows)],
  };
}
