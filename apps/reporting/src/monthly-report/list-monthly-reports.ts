import { rangeOf, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { listMonthlyReports, type ListMonthlyReports, type MonthlyReportPage } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import type { FilterQuery } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import type { OrganisationRow } from '../organisation/measured-organisation';
import { MonthlyReport } from './monthly-report.entity';
import { summaryOf } from './report-view';

type Place = [month: string, orgCode: string];

@Controller()
export class ListMonthlyReportsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Newest month first, then by organisation. */
  @Handles(listMonthlyReports)
  list(query: ListMonthlyReports, caller: Caller): Promise<MonthlyReportPage> {
    const owner = { list: listMonthlyReports.name, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    return this.work.read(caller, async (em, sql) => {
      const { low, high } = rangeOf(caller.orgPath);
      const filter: FilterQuery<MonthlyReport> = {
        // the lock is row-level security's; said again because only this serves the index
        orgPath: { $gte: low, $lt: high },
        ...(query.month ? { month: query.month } : {}),
        ...(query.organisation ? { orgCode: query.organisation } : {}),
        ...(query.stage ? { stage: query.stage } : {}),
      };
      const later = after && { $or: [{ month: { $lt: after[0] } }, { month: after[0], orgCode: { $gt: after[1] } }] };
      const found = await em.find(MonthlyReport, later ? { $and: [filter, later] } : filter, {
        orderBy: [{ month: 'desc' }, { orgCode: 'asc' }],
        limit: limit + 1,
      });
      const page = found.slice(0, limit);
      const organisations = await sql<OrganisationRow>(
        `select code, name, tier, category, org_path from organisation where code = any($1)`,
        [page.map((report) => report.orgCode)],
      );
      const now = new Date();
      const last = page.at(-1);
      const place: Place | undefined = last && [last.month, last.orgCode];
      return {
        items: page.flatMap((report) => {
          const organisation = organisations.find(({ code }) => code === report.orgCode);
          return organisation ? [summaryOf(report, organisation, caller, now)] : [];
        }),
        page: {
          next: found.length > limit && place ? sealCursor(this.vault, place, owner) : undefined,
          total: await em.count(MonthlyReport, filter),
          totalIsExact: true,
        },
      };
    });
  }
}
