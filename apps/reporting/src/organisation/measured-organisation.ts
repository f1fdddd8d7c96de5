import type { Tier } from '@shidang/access';
import { reportingRefusals, type MeasuredOrganisation } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

export interface OrganisationRow {
  code: string;
  name: string;
  tier: Tier;
  category: string | null;
  org_path: string;
}

/** Out of the caller's scope reads as not there (A3). */
export async function organisationOf(sql: Sql, code: string): Promise<OrganisationRow> {
  const [found] = await sql<OrganisationRow>(
    `select code, name, tier, category, org_path from organisation where code = $1`,
    [code],
    'organisation-of',
  );
  if (!found) throw reportingRefusals.organisationNotFound({});
  return found;
}

export const measured = ({ code, name, tier, category }: Omit<OrganisationRow, 'org_path'>): MeasuredOrganisation => ({
  code,
  name,
  tier,
  ...(category ? { category } : {}),
});
