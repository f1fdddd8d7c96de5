import type { SectionKey } from '@shidang/catalogue';
import type { Sql, Vault } from '@shidang/persistence';
import type { SheetChoices } from './match-columns';
import type { WorkbookChoices } from './workbook-choices';

type Kept = NonNullable<WorkbookChoices['kept']>;

const placeOf = (organisation: string, section: string) => ({
  table: 'kept_columns',
  column: 'sealed',
  row: `${organisation}/${section}`,
});

/** What an organisation has said about columns in earlier workbooks. */
export async function keptColumns(sql: Sql, vault: Vault, organisation: string): Promise<Kept> {
  const rows = await sql<{ section: SectionKey; sealed: string }>(
    `select section, sealed from kept_columns where organisation = $1`,
    [organisation],
  );
  return Object.fromEntries(
    rows.map(({ section, sealed }) => [
      section,
      JSON.parse(vault.open(sealed, placeOf(organisation, section))) as SheetChoices,
    ]),
  );
}

interface Keeping {
  readonly sql: Sql;
  readonly vault: Vault;
  readonly organisation: string;
  readonly orgPath: string;
}

/** Adds to it, so that the same question is not asked again; the last word about a header counts. */
export async function keepColumns(
  { sql, vault, organisation, orgPath }: Keeping,
  said: readonly (readonly [section: SectionKey, choices: SheetChoices])[],
): Promise<void> {
  // one import of an organisation runs at a time: nobody else writes between this and what follows
  const before: Partial<Record<SectionKey, SheetChoices>> = { ...(await keptColumns(sql, vault, organisation)) };
  for (const [section, { columns, without }] of said) {
    const known = before[section];
    const kept: SheetChoices = {
      columns: { ...known?.columns, ...columns },
      without: [...new Set([...(known?.without ?? []), ...without])],
    };
    before[section] = kept;
    await sql(
      `insert into kept_columns (organisation, section, org_path, sealed) values ($1, $2, $3, $4)
       on conflict (organisation, section) do update set sealed = excluded.sealed, org_path = excluded.org_path`,
      [organisation, section, orgPath, vault.seal(JSON.stringify(kept), placeOf(organisation, section))],
    );
  }
}
