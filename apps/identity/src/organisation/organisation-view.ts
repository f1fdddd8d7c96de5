import type { OrganisationView, SchoolCategory } from '@shidang/contracts';
import type { Tier } from '@shidang/access';
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
  has_children: boolean;
}

export const organisationColumns = `o.id, o.code, o.name, o.tier, o.parent_code, o.org_path, o.running_type, o.category, o.owner,
  o.urban_rural, o.founded_at, o.version, exists (select 1 from organisation c where c.parent_code = o.code) as has_children`;

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
  hasChildren: row.has_children,
  foundedAt: isoOf(row.founded_at),
  etag: String(row.version),
});
