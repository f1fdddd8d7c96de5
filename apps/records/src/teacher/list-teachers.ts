import { childPath, contains, rootCode, rootPath, tierOfPath, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ListTeachers, listTeachers, recordsRefusals, TeacherPage } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Statement } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ListPlan, mostCounted, type ListedRow } from './list-plan';
import { toTeacherView } from './teacher-view';

@Controller()
export class ListTeachersHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Every order is one an index has: by name in a county, city or school, by organisation and name above the city. */
  @Handles(listTeachers)
  async list(query: ListTeachers, caller: Caller): Promise<TeacherPage> {
    const { organisation, q, status, category } = query;
    // a cursor goes on with the list it came from, filters included
    const list = [listTeachers.name, organisation, q, status, category].join('|');
    const owner = { list, accountId: caller.accountId };
    const after = openCursor<string[]>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const { rows, counted, plan } = await this.found(query, caller, after, limit + 1);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const next = rows.length > limit && last ? sealCursor(this.vault, plan.markOf(last), owner) : undefined;
    const total = Math.min(counted?.n ?? 0, mostCounted);
    return {
      items: items.map(toTeacherView),
      page: { next, total, totalIsExact: (counted?.n ?? 0) <= mostCounted },
    };
  }

  /**
   * Organisation, page and total in one round trip: where an authority stands follows from its code. Only a school's place
   * must be asked first, and an authority's that stands elsewhere is asked for again.
   */
  private async found(query: ListTeachers, caller: Caller, after: string[] | undefined, rows: number) {
    const code = query.organisation ?? caller.orgCode;
    const likely =
      code === caller.orgCode ? caller.orgPath : likelyPath(code, caller) || (await this.pathOf(code, caller));
    const asked = (path: string) => {
      const plan = new ListPlan(query, { code, path, tier: tierOfPath(path) });
      return { plan, statements: [organisationPath(code), plan.page(after, rows), plan.count()] as const };
    };
    let { plan, statements } = asked(likely);
    let [placed, found, [counted]] = await this.work.look<Looked>(caller, ...statements);
    const path = code === caller.orgCode ? caller.orgPath : pathIn(placed, caller);
    if (path !== likely) {
      ({ plan, statements } = asked(path));
      [placed, found, [counted]] = await this.work.look<Looked>(caller, ...statements);
    }
    return { rows: found, counted, plan };
  }

  private async pathOf(code: string, caller: Caller): Promise<string> {
    const [placed] = await this.work.look<[Placed]>(caller, organisationPath(code));
    return pathIn(placed, caller);
  }
}

interface Placed {
  org_path: string;
}
type Looked = [Placed, ListedRow, { n: number }];

const organisationPath = (code: string): Statement => ({
  name: 'organisation-path',
  text: `select org_path from organisation where code = $1`,
  params: [code],
});

function pathIn([row]: readonly Placed[], caller: Caller): string {
  if (!row || !contains(caller.orgPath, row.org_path)) throw recordsRefusals.organisationNotFound({});
  return row.org_path;
}

/** Of an authority in scope, whose division code names those above it; undefined for a school. */
function likelyPath(code: string, caller: Caller): string | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const [province, city] = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`];
  const path = [...new Set([province, city, code])].filter((each) => each !== rootCode).reduce(childPath, rootPath);
  return contains(caller.orgPath, path) ? path : undefined;
}
