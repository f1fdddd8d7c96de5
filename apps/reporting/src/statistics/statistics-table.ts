import { parentPath, rangeOf, codeOfPath, type Caller } from '@shidang/access';
import { reportingRefusals, type ReadStatistics, type StatisticsCell, type StatisticsTable } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { measured, organisationOf, type OrganisationRow } from '../organisation/measured-organisation';
import { columnsOf, described, indicatorOf, type Indicator } from './indicators';
import { suppress, unsuppressed, type Shown } from './suppression';

interface Counted {
  org_path: string;
  code: string;
  n: number;
}

/** Effective records of each child of a path, by code: `$1`–`$2` its range, `$3` its length. */
export function countQuery({ code, several }: Indicator): string {
  const codes = several ? `cross join lateral unnest(coalesce(nullif(${code}, '{}'), array[''])) as each(code)` : '';
  const one = several ? 'each.code' : `coalesce(${code}, '')`;
  return `
    select left(org_path, $3 + position('.' in substr(org_path, $3 + 1))) as org_path, ${one} as code, count(*)::int as n
    from teacher_state ${codes} where org_path >= $1 and org_path < $2 and status = 'effective' group by 1, 2`;
}

function count(sql: Sql, path: string, indicator: Indicator): Promise<Counted[]> {
  const { low, high } = rangeOf(path);
  return sql<Counted>(countQuery(indicator), [low, high, path.length]);
}

const childrenOf = (sql: Sql, code: string): Promise<OrganisationRow[]> =>
  sql<OrganisationRow>(
    `select code, name, tier, category, org_path from organisation where parent_code = $1 order by code`,
    [code],
  );

const cellOf = ({ n, hidden }: Shown): StatisticsCell => (hidden ? { hidden: hidden === 'small' ? '<5' : '*' } : { n });

/**
 * The organisations directly below × one indicator. A school seen by an authority is its row of the authority's table,
 * hidden as there: two tables must not say more together than either.
 */
export async function statisticsTable(sql: Sql, query: ReadStatistics, caller: Caller): Promise<StatisticsTable> {
  const indicator = indicatorOf(query.by);
  if (!indicator) throw reportingRefusals.indicatorNotFound({ by: query.by });
  const asked = await organisationOf(sql, query.organisation);
  const own = caller.tier === 'school';
  const above = asked.tier === 'school' && !own ? await parentInScope(sql, asked) : asked;
  const rows = above.tier === 'school' ? [above] : await childrenOf(sql, above.code);
  const counted = await count(sql, above.org_path, indicator);
  const columns =
    rows.length === 0
      ? []
      : columnsOf(
          indicator,
          counted.map((each) => each.code),
        );
  const of = new Map(counted.map((each) => [`${each.org_path} ${each.code}`, each.n]));
  const counts = rows.map((row) => columns.map(({ code }) => of.get(`${row.org_path} ${code}`) ?? 0));
  const shown = (own ? unsuppressed(counts) : suppress(counts)).map((row) => row.map(cellOf));
  const lines = rows.map((row, at) => ({
    organisation: measured(row),
    cells: shown[at]!.slice(0, -1),
    total: shown[at]!.at(-1)!,
  }));
  const mine = above === asked ? lines : lines.filter((line) => line.organisation.code === asked.code);
  const totals = above === asked ? shown.at(-1)! : [...mine[0]!.cells, mine[0]!.total];
  return {
    organisation: measured(asked),
    indicator: described(indicator),
    asOf: new Date().toISOString(),
    columns,
    rows: mine,
    totals: totals.slice(0, -1),
    total: totals.at(-1)!,
  };
}

/** Whoever sees a school from above sees its authority too. */
async function parentInScope(sql: Sql, school: OrganisationRow): Promise<OrganisationRow> {
  return organisationOf(sql, codeOfPath(parentPath(school.org_path)!));
}
