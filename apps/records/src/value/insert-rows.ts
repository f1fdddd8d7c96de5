import type { Sql } from '@shidang/persistence';

/** Inserts any number of rows in one statement; `columns` are the ones every row carries, the others take their default. */
export async function insertRows<Row extends object>(
  sql: Sql,
  table: string,
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const list = columns.map((column) => `"${column}"`).join(', ');
  await sql(
    `insert into "${table}" (${list}) select ${list} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}
