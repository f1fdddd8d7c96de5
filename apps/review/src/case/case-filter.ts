import { contains, rangeOf, type Caller } from '@shidang/access';
import type { CaseFilter } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

/** A condition on `review_case c`. */
export interface Condition {
  where: string;
  params: unknown[];
}

/** Undefined when nothing can meet it: an organisation that does not exist or is none of the caller's. */
export async function conditionOf(sql: Sql, filter: CaseFilter, caller: Caller): Promise<Condition | undefined> {
  const place = filter.organisation ? await placeOf(sql, filter.organisation, caller) : caller.orgPath;
  if (!place) return undefined;
  // said again though row-level security demands it: only a plain condition is served by the index
  const { low, high } = rangeOf(place);
  const params: unknown[] = [low, high];
  const clauses = ['c.org_path >= $1 and c.org_path < $2'];
  const demand = (column: string, value: unknown) => {
    if (value !== undefined) clauses.push(`c.${column} = $${params.push(value)}`);
  };
  demand('stage', filter.state);
  demand('kind', filter.kind);
  demand('shape', filter.shape);
  demand('teacher_id', filter.teacherId);
  if (filter.risk) clauses.push(`(c.rule_hits <> '{}') = ${filter.risk === 'hits'}`);
  if (filter.turn === 'mine') {
    demand('turn_org_path', caller.orgPath);
    demand('turn_role', caller.role);
  }
  return { where: clauses.join(' and '), params };
}

async function placeOf(sql: Sql, code: string, caller: Caller): Promise<string | undefined> {
  const [found] = await sql<{ org_path: string }>(`select org_path from organisation where code = $1`, [code]);
  return found && contains(caller.orgPath, found.org_path) ? found.org_path : undefined;
}
