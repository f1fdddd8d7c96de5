import { ancestorsOf, codeOfPath } from '@shidang/access';
import type { CampaignView } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { dayInChina } from '../monthly-report/china-day';
import { phaseOn } from './campaign-phase';

interface CampaignRow {
  org_path: string;
  starts_on: string;
  due_on: string;
  closes_on: string;
  version: number;
}

/** The organisation's own dates, else those of the nearest authority above. The etag is that of its own ones. */
export async function campaignOf(sql: Sql, orgPath: string): Promise<CampaignView> {
  const rows = await sql<CampaignRow>(
    `select org_path, starts_on::text, due_on::text, closes_on::text, version from campaign where org_path = any($1)
     order by length(org_path) desc`,
    [[...ancestorsOf(orgPath), orgPath]],
    'campaign-in-force',
  );
  const [nearest] = rows;
  const own = nearest?.org_path === orgPath ? nearest.version : 0;
  const dates = nearest && { startsOn: nearest.starts_on, dueOn: nearest.due_on, closesOn: nearest.closes_on };
  return {
    organisation: codeOfPath(orgPath),
    setBy: nearest && codeOfPath(nearest.org_path),
    phase: phaseOn(dayInChina(new Date()), dates),
    ...dates,
    etag: String(own),
  };
}
