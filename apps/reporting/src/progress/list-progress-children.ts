import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { listProgressChildren, type ListProgressChildren, type ProgressPage } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { measured, organisationOf, type OrganisationRow } from '../organisation/measured-organisation';
import { progressOf, type Counts } from './organisation-progress';

/** A dashboard is one range read of `rollup.parent`, whatever lies below. */
export const childrenQuery = `
  select o.code, o.name, o.tier, o.category, o.of, c.counts
  from (select code, name, tier, category, org_path, (select count(*)::int from organisation where parent_code = $1) as of
        from organisation where parent_code = $1 and code > $3 order by code limit $4) o
  left join (
    select org_path, json_object_agg(measure, n) as counts
    from (select org_path, measure, sum(n) as n from rollup where parent = $2 group by org_path, measure) m
    group by org_path
  ) c using (org_path)
  order by o.code`;

@Controller()
export class ListProgressChildrenHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(listProgressChildren)
  list({ code, cursor, limit = 200 }: ListProgressChildren, caller: Caller): Promise<ProgressPage> {
    const owner = { list: listProgressChildren.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, cursor, owner) ?? '';
    return this.work.read(caller, async (_, sql) => {
      const above = await organisationOf(sql, code);
      type Row = OrganisationRow & { counts: Counts | null; of: number };
      const rows = await sql<Row>(childrenQuery, [code, above.org_path, after, limit + 1], 'progress-children');
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((row) => progressOf(measured(row), row.counts ?? {})),
        page: {
          next: rows.length > limit && last ? sealCursor(this.vault, last.code, owner) : undefined,
          total: last?.of ?? 0,
          totalIsExact: true,
        },
      };
    });
  }
}
