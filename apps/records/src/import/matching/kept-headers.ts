import type { SectionKey } from '@shidang/catalogue';
import type { Sql, Vault } from '@shidang/persistence';
import { headerMark, type HeaderColumn, type SheetChoices } from './match-columns';
import type { KeptHeaders, WorkbookChoices } from './workbook-choices';

/** Of one section; the one something was said about longest ago goes. */
const mostKept = 20;

interface Sealed extends SheetChoices {
  readonly mark: string;
}

const placeOf = (organisation: string, section: string, header: string) => ({
  table: 'kept_header',
  column: 'sealed',
  row: `${organisation}/${section}/${header}`,
});

/** What an organisation has said about columns in earlier workbooks. */
export async function keptHeaders(sql: Sql, vault: Vault, organisation: string): Promise<WorkbookChoices['kept']> {
  const rows = await sql<{ section: SectionKey; header: string; sealed: string }>(
    `select section, header, sealed from kept_header where organisation = $1`,
    [organisation],
  );
  const kept: Partial<Record<SectionKey, KeptHeaders>> = {};
  for (const { section, header, sealed } of rows) {
    const { mark, columns, without } = JSON.parse(vault.open(sealed, placeOf(organisation, section, header))) as Sealed;
    kept[section] = { ...kept[section], [mark]: { columns, without } };
  }
  return kept;
}

interface Keeping {
  readonly sql: Sql;
  readonly vault: Vault;
  readonly organisation: string;
  readonly orgPath: string;
}

/**
 * What is said about a header holds for the next workbook with the same one; the last word about it counts. A column without a title is
 * none of the header: what stands in it next time is anybody's guess.
 */
export async function keepHeader(
  { sql, vault, organisation, orgPath }: Keeping,
  section: SectionKey,
  header: readonly HeaderColumn[],
  said: SheetChoices,
): Promise<void> {
  const mark = headerMark(header);
  const key = vault.blind(mark);
  const titled = new Set(header.flatMap(({ column, title }) => (title === '' ? [] : [String(column)])));
  const choices: SheetChoices = {
    columns: Object.fromEntries(Object.entries(said.columns).filter(([column]) => titled.has(column))),
    without: said.without,
  };
  const sealed = vault.seal(JSON.stringify({ mark, ...choices }), placeOf(organisation, section, key));
  await sql(
    `insert into kept_header (organisation, section, header, org_path, sealed) values ($1, $2, $3, $4, $5)
     on conflict (organisation, section, header) do update set sealed = excluded.sealed, org_path = excluded.org_path, said_at = now()`,
    [organisation, section, key, orgPath, sealed],
  );
  await sql(
    `delete from kept_header where organisation = $1 and section = $2 and header in
       (select header from kept_header where organisation = $1 and section = $2 order by said_at desc, header offset $3)`,
    [organisation, section, mostKept],
  );
}
