import type { ListOrganisations, OrganisationRead, OrganisationView, SchoolCategory } from '@shidang/contracts';
import { ancestorsOf, type Tier } from '@shidang/access';
import type { Sql } from '@shidang/persistence';
import { isoOf, type Moment } from '../moment';

/** An organisation as it stands in the table. */
export interface OrganisationRow {
  id: string;
  code: string;
  name: string;
  tier: Tier;
  parent_code: string | null;
  org_path: string;
  running_type: string | null;
  category: SchoolCategory | null;
  owner: string | null;
  urban_rural: string | null;
  founded_at: Moment;
  version: number;
  parent_name: string | null;
  child_count: string;
}

export const organisationColumns = `o.id, o.code, o.name, o.tier, o.parent_code, o.org_path, o.running_type, o.category, o.owner,
  o.urban_rural, o.founded_at, o.version, (select count(*) from organisation c where c.parent_code = o.code) as child_count,
  (select h.name from organisation h where h.code = o.parent_code) as parent_name`;

/** One organisation in scope, as callers see it. */
export async function viewOf(sql: Sql, code: string): Promise<OrganisationView | undefined> {
  const [row] = await sql<OrganisationRow>(
    `select ${organisationColumns} from organisation o where o.code = $1`,
    [code],
    'organisation-by-code',
  );
  return row && toView(row);
}

export const toView = (row: OrganisationRow): OrganisationView => ({
  code: row.code,
  name: row.name,
  tier: row.tier,
  parent: row.parent_code ?? undefined,
  orgPath: row.org_path,
  runningType: row.running_type ?? undefined,
  category: row.category ?? undefined,
  owner: row.owner ?? undefined,
  urbanRural: row.urban_rural ?? undefined,
  parentName: row.parent_name ?? undefined,
  childCount: Number(row.child_count),
  hasChildren: Number(row.child_count) > 0,
  foundedAt: isoOf(row.founded_at),
  etag: String(row.version),
});

/** With those above it, as far up as the caller sees. */
export async function readOf(sql: Sql, code: string): Promise<OrganisationRead | undefined> {
  const found = await viewOf(sql, code);
  if (!found) return undefined;
  const above = await sql<{ code: string; name: string; tier: Tier }>(
    `select code, name, tier from organisation where org_path = any($1) order by org_path`,
    [ancestorsOf(found.orgPath)],
    'organisations-above',
  );
  return { ...found, above };
}

/** Filters of a list; `o` is the organisation, the parameters follow `$n`. */
export const filtered = (n: number): string => `($${n}::text is null or o.tier = $${n})
  and ($${n + 1}::text is null or o.category = $${n + 1})
  and ($${n + 2}::text is null or position($${n + 2} in o.name) > 0 or left(o.code, length($${n + 2})) = $${n + 2})`;

export const filterOf = ({ tier, category, q }: Pick<ListOrganisations, 'tier' | 'category' | 'q'>) => [
  tier ?? null,
  category ?? null,
  q?.normalize('NFC').trim() || null,
];
