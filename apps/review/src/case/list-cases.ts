import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { CasePage, listCases, ListCases, type CaseSummary } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { conditionOf, type Condition } from './case-filter';
import { summaries } from './case-summary';
import { Names } from './names';

const mostCounted = 10_000;

@Controller()
export class ListCasesHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly names: Names,
  ) {}

  @Handles(listCases)
  async list(query: ListCases, caller: Caller): Promise<CasePage> {
    const owner = { list: listCases.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const newestFirst = query.sort === '-submittedAt';
    const page = await this.work.read(caller, async (_, sql) => {
      const filter = await conditionOf(sql, query, caller);
      if (!filter) return { items: [], page: { total: 0, totalIsExact: true } };
      const total = await count(sql, filter);
      const params = [...filter.params, ...(after ? [after] : []), limit + 1];
      const later = after ? `and c.id ${newestFirst ? '<' : '>'} $${filter.params.length + 1}` : '';
      const found = await summaries(
        sql,
        caller,
        `where ${filter.where} ${later} order by c.id ${newestFirst ? 'desc' : 'asc'} limit $${params.length}`,
        params,
      );
      const items = found.slice(0, limit);
      const next = found.length > limit ? sealCursor(this.vault, items.at(-1)!.id, owner) : undefined;
      return { items, page: { next, total: Math.min(total, mostCounted), totalIsExact: total <= mostCounted } };
    });
    return { ...page, items: await this.named(page.items) };
  }

  private async named(items: CaseSummary[]): Promise<CaseSummary[]> {
    const [teachers, accounts] = await Promise.all([
      this.names.ofTeachers(items.map((item) => item.teacherId)),
      this.names.ofAccounts(items.flatMap(({ claimedBy }) => (claimedBy ? [claimedBy.accountId] : []))),
    ]);
    return items.map((item) => ({
      ...item,
      teacherName: teachers.get(item.teacherId)?.name,
      ...(item.claimedBy && {
        claimedBy: { ...item.claimedBy, name: accounts.get(item.claimedBy.accountId)?.name },
      }),
    }));
  }
}

async function count(sql: Sql, { where, params }: Condition): Promise<number> {
  const [row] = await sql<{ n: number }>(
    `select count(*)::int as n from (select 1 from review_case c where ${where} limit ${mostCounted + 1}) counted`,
    params,
  );
  return row?.n ?? 0;
}
