import { Work, type Sql } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';

/** A figure of the roll-up that is not what the rows below it say. */
export interface Drift {
  org_path: string;
  measure: string;
  category: string;
  counted: number;
  kept: number;
}

/** Every countable thing where it stands: one line per organisation, measure and category. */
const base = `
  select org_path, 'status:' || status as measure, category, count(*)::int as n
    from teacher_state where org_path <> '' group by 1, 2, 3
  union all select org_path, 'accounts-issued:' || role, '', count(*)::int from account_state group by 1, 2
  union all select org_path, 'accounts-activated:' || role, '', count(*)::int from account_state where activated group by 1, 2
  union all select org_path, 'head-count', '', rolled from head_count where rolled <> 0
  union all select org_path, 'schools-declared', '', 1 from head_count where rolled_declared
  union all select org_path, 'schools-confirmed', '', 1 from head_count where rolled_confirmed
  union all select org_path, 'schools', '', 1 from organisation where tier = 'school'`;

/** Counted for the organisation itself and every one above it. */
const counted = `
  select above.org_path, base.measure, base.category, sum(base.n)::int as n
  from (${base}) base
  cross join lateral (
    select array_to_string(segments[1:depth], '.') || '.' as org_path
    from (select string_to_array(rtrim(base.org_path, '.'), '.') as segments) split,
         generate_subscripts(segments, 1) depth
  ) above
  group by 1, 2, 3`;

/** The roll-up from its rows again: what is kept is compared, reported and set right in one transaction. */
@Injectable()
export class Recount {
  constructor(private readonly work: Work) {}

  run(): Promise<Drift[]> {
    return this.work.beyond('rebuild', async (_, sql) => {
      // the projections wait: they write the state and its counts in one transaction, so neither is seen half
      await sql(`lock table rollup in share row exclusive mode`);
      const drifts = await compare(sql);
      if (drifts.length > 0) await mend(sql, drifts);
      return drifts;
    });
  }
}

const compare = (sql: Sql): Promise<Drift[]> =>
  sql<Drift>(
    `select coalesce(c.org_path, r.org_path) as org_path, coalesce(c.measure, r.measure) as measure,
            coalesce(c.category, r.category) as category, coalesce(c.n, 0) as counted, coalesce(r.n, 0) as kept
     from (${counted}) c full join rollup r
       on r.org_path = c.org_path and r.measure = c.measure and r.category = c.category
     where coalesce(c.n, 0) <> coalesce(r.n, 0)
     order by 1, 2, 3`,
  );

async function mend(sql: Sql, drifts: readonly Drift[]): Promise<void> {
  await sql(
    `insert into rollup (org_path, parent, measure, category, n)
     select org_path, regexp_replace(org_path, '[^.]+\\.$', ''), measure, category, counted
     from jsonb_to_recordset($1::jsonb) as d(org_path text, measure text, category text, counted int)
     on conflict (org_path, measure, category) do update set n = excluded.n`,
    [JSON.stringify(drifts)],
  );
}
