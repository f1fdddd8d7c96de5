import { ancestorsOf, rangeOf } from '@shidang/access';
import type { OrganisationMoved } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { parentOf, type Measure, type Tally } from '../rollup/tally';

/** Tables whose rows stand where their organisation stands. */
const placed = ['teacher_state', 'account_state', 'head_count', 'campaign'];

interface Sum {
  measure: Measure;
  category: string;
  n: number;
}

/**
 * Re-parenting: every path below gets its new beginning, and what the organisation counts goes from the authorities
 * above it before to those above it now. Frozen sheets keep the paths of their time.
 */
export async function moveSubtree(sql: Sql, tally: Tally, fact: OrganisationMoved): Promise<void> {
  const moved = await sql(
    `update organisation set parent_code = $2, version = greatest(version, $3) where code = $1 and org_path = $4 returning code`,
    [fact.code, fact.parentCode, fact.version, fact.fromPath],
  );
  if (moved.length === 0) return;
  const { low, high } = rangeOf(fact.fromPath);
  // what this batch has counted so far belongs to the old place
  await tally.write(sql);
  tally.clear();
  const move = async (table: string) =>
    sql(`update ${table} set org_path = $3 || substr(org_path, $4) where org_path >= $1 and org_path < $2`, [
      low,
      high,
      fact.orgPath,
      fact.fromPath.length + 1,
    ]);
  // first: whoever is placing rows below holds these and is waited for
  await move('organisation');
  const sums = await sql<Sum>(`select measure, category, n from rollup where org_path = $1 for update`, [
    fact.fromPath,
  ]);
  for (const table of placed) await move(table);
  await sql(
    `update rollup set org_path = $3 || substr(org_path, $4),
       parent = case when org_path = $1 then $5 else $3 || substr(parent, $4) end
     where org_path >= $1 and org_path < $2`,
    [low, high, fact.orgPath, fact.fromPath.length + 1, parentOf(fact.orgPath)],
  );
  await sql(
    `update movement set org_path = $3 || substr(org_path, $4),
       parent = case when org_path = $1 then $5 else $3 || substr(parent, $4) end
     where org_path >= $1 and org_path < $2`,
    [low, high, fact.orgPath, fact.fromPath.length + 1, parentOf(fact.orgPath)],
  );
  for (const { measure, category, n } of sums) {
    for (const path of ancestorsOf(fact.fromPath)) tally.addAt(path, measure, category, -n);
    for (const path of ancestorsOf(fact.orgPath)) tally.addAt(path, measure, category, n);
  }
}
