import type { Tier } from '@shidang/access';
import type { MissingSheet, ReportStage, RolledSheet } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { measured } from '../organisation/measured-organisation';
import type { Figures } from './figures';
import type { FrozenSheet } from './register';

interface Below {
  code: string;
  name: string;
  tier: Tier;
  category: string | null;
  id: string | null;
  stage: ReportStage | null;
  accepted_number: number | null;
  total: Figures | null;
  sources: FrozenSheet[] | null;
}

/** What an authority's roll-up is made of, and who is missing in it. */
export interface SheetsBelow {
  readonly rolledUp: RolledSheet[];
  readonly missing: MissingSheet[];
  readonly totals: Figures[];
  readonly sources: FrozenSheet[];
}

/** The accepted sheets of the authorities directly below; whoever has none is named as missing. */
export async function sheetsBelow(sql: Sql, orgCode: string, month: string): Promise<SheetsBelow> {
  const rows = await sql<Below>(
    `select o.code, o.name, o.tier, o.category, r.id, r.stage, r.accepted_number, s.total, s.sources
     from organisation o
     left join monthly_report r on r.org_code = o.code and r.month = $2
     left join report_sheet s on s.report_id = r.id and s.number = r.accepted_number
     where o.parent_code = $1 and o.tier <> 'school'
     order by o.code`,
    [orgCode, month],
  );
  const taken = rows.filter((row) => row.total !== null);
  return {
    rolledUp: taken.map((row) => ({ organisation: measured(row), reportId: row.id!, number: row.accepted_number! })),
    missing: rows
      .filter((row) => row.total === null)
      .map((row) => ({ organisation: measured(row), stage: row.stage ?? undefined, reportId: row.id ?? undefined })),
    totals: taken.map((row) => row.total!),
    sources: taken.flatMap((row) => row.sources!),
  };
}
