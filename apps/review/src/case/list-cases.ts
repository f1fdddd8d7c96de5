import { contains, rangeOf, type Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import { CasePage, labelTeachers, listCases, ListCases, Refusal, type CaseSummary } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { summaries } from './case-summary';

const mostCounted = 10_000;

@Controller()
export class ListCasesHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
  ) {}

  @Handles(listCases)
  async list(query: ListCases, caller: Caller): Promise<CasePage> {
    const owner = { list: listCases.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const newestFirst = query.sort === '-submittedAt';
    const page = await this.work.read(caller, async (_, sql) => {
      const filter = await filterOf(sql, query, caller);
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

  /** Names are records'; while it is away the list shows none rather than nothing. */
  private async named(items: CaseSummary[]): Promise<CaseSummary[]> {
    if (items.length === 0) return items;
    const teacherIds = [...new Set(items.map((item) => item.teacherId))];
    try {
      const { labels } = await this.bus.request(labelTeachers, { teacherIds });
      const names = new Map(labels.map(({ teacherId, name }) => [teacherId, name]));
      return items.map((item) => ({ ...item, teacherName: names.get(item.teacherId) }));
    } catch (error) {
      if (error instanceof Refusal && error.body.kind === 'unavailable') return items;
      throw error;
    }
  }
}

interface Filter {
  where: string;
  params: unknown[];
}

/** Undefined when nothing can be in it: an organisation that does not exist or is none of the caller's. */
async function filterOf(sql: Sql, query: ListCases, caller: Caller): Promise<Filter | undefined> {
  const place = query.organisation ? await placeOf(sql, query.organisation, caller) : caller.orgPath;
  if (!place) return undefined;
  // said again though row-level security demands it: only a plain condition is served by the index
  const { low, high } = rangeOf(place);
  const params: unknown[] = [low, high];
  const clauses = ['c.org_path >= $1 and c.org_path < $2'];
  const demand = (column: string, value: unknown) => {
    if (value !== undefined) clauses.push(`c.${column} = $${params.push(value)}`);
  };
  demand('stage', query.state);
  demand('kind', query.kind);
  demand('teacher_id', query.teacherId);
  if (query.turn === 'mine') {
    demand('turn_org_path', caller.orgPath);
    demand('turn_role', caller.role);
  }
  return { where: clauses.join(' and '), params };
}

async function placeOf(sql: Sql, code: string, caller: Caller): Promise<string | undefined> {
  const [found] = await sql<{ org_path: string }>(`select org_path from organisation where code = $1`, [code]);
  return found && contains(caller.orgPath, found.org_path) ? found.org_path : undefined;
}

async function count(sql: Sql, { where, params }: Filter): Promise<number> {
  const [row] = await sql<{ n: number }>(
    `select count(*)::int as n from (select 1 from review_case c where ${where} limit ${mostCounted + 1}) counted`,
    params,
  );
  return row?.n ?? 0;
}
