import type { Sql } from '@shidang/persistence';
import { keepIssues, mostIssuesKept, ofPerson, type KeptIssue } from '../import-issues';
import { openChosen, sealHeads } from '../import-row';
import { batchesOf, count, countIssues, countsOfOne, judgeAll, noCounts, type Judged } from '../judge-workbook';
import type { Judging } from '../judging/judge-person';
import { sheetIssues } from '../judging/sheet-issues';
import { loadPeople } from '../load-people';
import { keptHeaders } from '../matching/kept-headers';
import { categoriesOf, ignoredIn, isDoubtful } from '../matching/questions';
import type { WorkbookChoices } from '../matching/workbook-choices';
import { keepPeople } from '../staged/staged-people';
import { keepRows, keyed } from '../staged/staged-rows';
import { openUpload } from '../upload';
import type { SheetHead } from '../workbook/filled-sheet';
import type { ImportJob } from './import-job';

/** Everything wrong with every cell, in one pass. Begun anew after a restart: nothing is written but rows and what was found. */
export async function checkWorkbook(job: ImportJob): Promise<void> {
  const { id } = job.row;
  const file = await job.held(async (sql) => {
    for (const table of ['import_issue', 'import_row', 'import_person', 'import_mend'])
      await sql(`delete from ${table} where import_id = $1`, [id]);
    await sql(`update import set heads = null, step_done = 0, step_total = 0 where id = $1`, [id]);
    return openUpload(sql, job.vault, job.row);
  });
  const choices = await choicesFor(job);
  const counts = noCounts();
  const said: string[] = [];
  let judging: Judging | undefined;
  for await (const { heads, people, rows } of batchesOf(file, choices)) {
    job.breathe();
    const caller = await job.renewed();
    judging ??= await job.judging(heads, caller);
    if (people.length === 0) {
      const of = await job.work.read(caller, (_, sql) => categoriesOf(sql, caller));
      if (isDoubtful(heads, of, choices)) return waitForMatch(job, heads, rows);
      await openWorkbook(job, heads, rows);
      countIssues(counts, sheetIssues(heads));
      continue;
    }
    const keys = people.flatMap((each) => keyed(job.vault, id, each));
    const numbers = people.map((each) => each.number);
    const onFile = await job.work.read(caller, (_, sql) => loadPeople(sql, job.vault, numbers));
    const judged = await judgeAll(
      judging,
      keys.map((each) => each.rows),
      onFile,
    );
    const named = judged.map((each, index) => ({ ...each, key: keys[index]!.person }));
    const found = counts.findings;
    for (const one of judged) count(counts, one);
    await job.held(async (sql) => {
      await stage(job, sql, named, found);
      await job.reach(sql, counts.rows);
    });
    said.push(...judged.flatMap(({ person }) => person.issues.flatMap((issue) => issue.once ?? [])));
  }
  await job.held((sql) =>
    sql(
      `update import set state = 'checked', counts = $2, once = $3, mends = 0, version = version + 1, checked_at = now(), lease_until = null
       where id = $1`,
      [id, JSON.stringify(counts), said],
    ),
  );
}

/** What was said about its columns, now and before. */
async function choicesFor({ row, vault, work }: ImportJob): Promise<WorkbookChoices> {
  const kept = await work.beyond('jobs', (_, sql) => keptHeaders(sql, vault, row.organisation));
  return { chosen: openChosen(vault, row), kept };
}

/** Somebody has to say what the columns hold; then the file is read anew. */
const waitForMatch = (job: ImportJob, heads: readonly SheetHead[], rows: number): Promise<void> =>
  job.held(async (sql) => {
    const { row, vault } = job;
    await sql(
      `update import set state = 'matching', heads = $2, counts = null, version = version + 1, attempts = 0, lease_until = null where id = $1`,
      [row.id, sealHeads(vault, row.id, heads)],
    );
    await job.reach(sql, 0, rows);
  });

/** What the sheets are, and what is wrong with them as such. */
async function openWorkbook(job: ImportJob, heads: readonly SheetHead[], rows: number): Promise<void> {
  const { row, vault } = job;
  const issues = sheetIssues(heads).map((issue): KeptIssue => ({ issue, person: null }));
  await job.held(async (sql) => {
    await sql(`update import set heads = $2, ignored = $3 where id = $1`, [
      row.id,
      sealHeads(vault, row.id, heads),
      JSON.stringify(ignoredIn(heads)),
    ]);
    await keepIssues(sql, vault, row, issues.slice(0, mostIssuesKept), 0);
    await job.reach(sql, 0, rows);
  });
}

async function stage(
  { row, vault }: ImportJob,
  sql: Sql,
  judged: readonly (Judged & { key: string })[],
  found: number,
): Promise<void> {
  const rows = judged.flatMap(({ key, rows: of }) =>
    of.rows.map(({ sheet, row: filled }) => ({ sheet, person: key, filled })),
  );
  await keepRows(sql, vault, row, rows);
  await keepPeople(
    sql,
    row,
    judged.map((each) => ({ person: each.key, counts: countsOfOne(each) })),
  );
  const issues = judged.flatMap(({ key, person }) => ofPerson(key, person.issues));
  await keepIssues(sql, vault, row, issues.slice(0, Math.max(0, mostIssuesKept - found)), found);
}
