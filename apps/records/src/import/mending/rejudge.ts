import type { Caller } from '@shidang/access';
import type { Sql, Vault } from '@shidang/persistence';
import { keepIssues, mostIssuesKept, ofPerson } from '../import-issues';
import type { ImportRow } from '../import-row';
import { countsOfOne, defaultCategory, judgeAll, judgingFor, peopleAtOnce } from '../judge-workbook';
import { loadPeople } from '../load-people';
import { dropPeople, keepPeople } from '../staged/staged-people';
import { peopleIn, rowsOfPeople } from '../staged/staged-rows';
import type { SheetHead } from '../workbook/filled-sheet';

interface Rejudging {
  readonly sql: Sql;
  readonly vault: Vault;
  readonly caller: Caller;
  readonly row: ImportRow;
  readonly heads: readonly SheetHead[];
}

/**
 * Judges people anew, by the same code as the upload: what was found with them is replaced, what they come to as well. Rows and the
 * rules across rows both belong to one person, so nobody else is touched.
 */
export async function rejudge(given: Rejudging, people: ReadonlySet<string>): Promise<void> {
  const { sql, vault, caller, row, heads } = given;
  const keys = [...people];
  await sql(`delete from import_issue where import_id = $1 and person = any($2::text[])`, [row.id, keys]);
  const judging = judgingFor(heads, caller, await defaultCategory(sql, caller), row.once);
  const said: string[] = [];
  for (let at = 0; at < keys.length; at += peopleAtOnce) {
    const part = keys.slice(at, at + peopleAtOnce);
    const found = peopleIn(heads, await rowsOfPeople(sql, vault, row.id, part));
    const onFile = await loadPeople(
      sql,
      vault,
      found.map((each) => each.rows.number),
    );
    const judged = await judgeAll(
      judging,
      found.map((each) => each.rows),
      onFile,
    );
    const issues = judged.flatMap(({ person }, index) => ofPerson(found[index]!.person, person.issues));
    const { next, room } = await placeForIssues(sql, row.id);
    await keepIssues(sql, vault, row, issues.slice(0, room), next);
    said.push(...issues.flatMap(({ issue }) => issue.once ?? []));
    await keepPeople(
      sql,
      row,
      judged.map((each, index) => ({ person: found[index]!.person, counts: countsOfOne(each) })),
    );
    const here = new Set(found.map((each) => each.person));
    await dropPeople(
      sql,
      row.id,
      part.filter((key) => !here.has(key)),
    );
  }
  if (said.length > 0) await sql(`update import set once = once || $2::text[] where id = $1`, [row.id, said]);
  await forgetUnmerged(sql, row.id);
}

async function placeForIssues(sql: Sql, importId: string): Promise<{ next: number; room: number }> {
  const [place] = await sql<{ next: number; kept: number }>(
    `select coalesce(max(n) + 1, 0)::int as next, count(*)::int as kept from import_issue where import_id = $1`,
    [importId],
    'import-issue-place',
  );
  return { next: place!.next, room: Math.max(0, mostIssuesKept - place!.kept) };
}

/** Merged cells of a sheet are no matter any more when each has got a value of its own. */
async function forgetUnmerged(sql: Sql, importId: string): Promise<void> {
  await sql(
    `delete from import_issue f where f.import_id = $1 and f.person is null and f.code = 'merged_cells'
       and not exists (select 1 from import_row r where r.import_id = f.import_id and r.sheet_order = f.sheet_order and r.merged)`,
    [importId],
    'import-unmerged',
  );
}
