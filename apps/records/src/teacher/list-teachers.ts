import { contains, tierOfPath, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ListTeachers, listTeachers, recordsRefusals, TeacherPage } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ListPlan, mostCounted, type ListedRow, type Target } from './list-plan';
import { toTeacherView } from './teacher-view';

@Controller()
export class ListTeachersHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Every order is one an index has: by name in a county, city or school, by organisation and name above the city. */
  @Handles(listTeachers)
  list(query: ListTeachers, caller: Caller): Promise<TeacherPage> {
    const { organisation, q, status, category } = query;
    // a cursor goes on with the list it came from, filters included
    const list = [listTeachers.name, organisation, q, status, category].join('|');
    const owner = { list, accountId: caller.accountId };
    const after = openCursor<string[]>(this.vault, query.cursor, owner);
    return this.work.read(caller, async (_, sql) => {
      const target = await targetOf(sql, query.organisation, caller);
      const limit = query.limit ?? 20;
      const plan = new ListPlan(query, target);
      const rows = await sql<ListedRow>(...plan.page(after, limit + 1));
      const [counted] = await sql<{ n: number }>(...plan.count());
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? sealCursor(this.vault, plan.markOf(last), owner) : undefined;
      const total = Math.min(counted?.n ?? 0, mostCounted);
      return {
        items: items.map(toTeacherView),
        page: { next, total, totalIsExact: (counted?.n ?? 0) <= mostCounted },
      };
    });
  }
}

async function targetOf(sql: Sql, code: string | undefined, caller: Caller): Promise<Target> {
  if (code === undefined || code === caller.orgCode)
    return { code: caller.orgCode, path: caller.orgPath, tier: caller.tier };
  const [row] = await sql<{ org_path: string }>(
    `select org_path from organisation where code = $1`,
    [code],
    'organisation-path',
  );
  if (!row || !contains(caller.orgPath, row.org_path)) throw recordsRefusals.organisationNotFound({});
  return { code, path: row.org_path, tier: tierOfPath(row.org_path) };
}
