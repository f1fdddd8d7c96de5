import type { Caller } from '@shidang/access';
import { importRefusals, type ImportCounts } from '@shidang/contracts';
import { audited } from '@shidang/persistence';
import { openHeads } from '../import-row';
import { count, judgeAll, peopleAtOnce } from '../judge-workbook';
import type { Judging } from '../judging/judge-person';
import { loadPeople } from '../load-people';
import { countsOf, peopleAfter } from '../staged/staged-people';
import { peopleIn, rowsOfPeople } from '../staged/staged-rows';
import { dropUpload } from '../upload';
import type { SheetHead } from '../workbook/filled-sheet';
import type { PersonRows } from '../workbook/read-workbook';
import { writePeople } from '../write-people';
import type { ImportJob } from './import-job';

interface Batch {
  judging: Judging;
  people: readonly PersonRows[];
  caller: Caller;
  /** Place of the last of them: how far the job is when the batch is stored. */
  done: number;
  before: Promise<ImportCounts>;
}

/**
 * Writes the good rows batch by batch; each batch and how far the job is commit together, so a restart goes on after it. While one
 * batch is being stored the next is judged: two transactions at most, over different teachers, committing in order.
 */
export async function commitRows(job: ImportJob): Promise<void> {
  const { row } = job;
  if (row.heads === null) throw importRefusals.fileGone({ importId: row.id });
  const heads = openHeads(job.vault, row.id, row.heads);
  // rows of nobody are not written: they come to what they came to when they were judged
  const start =
    row.done_people > 0 && row.counts
      ? row.counts
      : await job.work.beyond('jobs', (_, sql) => countsOf(sql, row.id, 'nameless'));
  let judging: Judging | undefined;
  let written = Promise.resolve(start);
  for await (const { people, done } of stagedBatches(job, heads)) {
    job.breathe();
    const caller = await job.renewed();
    judging ??= await job.judging(heads, caller);
    const before = written;
    written = write(job, { judging, people, caller, done, before });
    written.catch(() => undefined); // awaited with the next batch or below
    await before;
  }
  const counts = await written;
  await job.held(async (sql) => {
    await sql(
      `update import set state = 'committed', counts = $2, committed_at = now(), lease_until = null, mends = 0 where id = $1`,
      [row.id, JSON.stringify(counts)],
    );
    await job.reach(sql, counts.rows, counts.rows);
    // what stayed out may still be fetched, marked red, for a week
    if (counts.bad === 0) await dropUpload(sql, row.id);
  });
}

async function* stagedBatches(
  { work, vault, row }: ImportJob,
  heads: readonly SheetHead[],
): AsyncGenerator<{ people: readonly PersonRows[]; done: number }> {
  for (let done = row.done_people; ;) {
    const batch = await work.beyond('jobs', async (_, sql) => {
      const people = await peopleAfter(sql, row.id, done, peopleAtOnce);
      const keys = people.map((each) => each.person);
      const found = peopleIn(heads, await rowsOfPeople(sql, vault, row.id, keys));
      const rowsOf = new Map(found.map((each) => [each.person, each.rows]));
      return { people: keys.flatMap((key) => rowsOf.get(key) ?? []), done: people.at(-1)?.n };
    });
    if (batch.done === undefined) return;
    done = batch.done;
    yield { people: batch.people, done };
  }
}

/** One batch, one transaction. It commits after the batch `before` it, and not at all without it. */
function write(job: ImportJob, { judging, people, caller, done, before }: Batch): Promise<ImportCounts> {
  const { row, vault } = job;
  const numbers = people.map((each) => each.number);
  return job.asCaller(caller, async (em, sql) => {
    const onFile = await loadPeople(sql, vault, numbers, { lock: true });
    const judged = await judgeAll(judging, people, onFile);
    const known = judged.flatMap(({ person, teacher }) => (teacher ? [{ person, teacher }] : []));
    await writePeople(em, sql, vault, caller, row.id, known);
    const counts = { ...(await before) };
    for (const one of judged) count(counts, one);
    // held last: the batch after this one runs beside it and must not take the row first
    await job.hold(sql);
    await sql(`update import set done_people = $2, counts = $3, attempts = 0 where id = $1`, [
      row.id,
      done,
      JSON.stringify(counts),
    ]);
    await job.reach(sql, counts.rows);
    audited(em, { object: `import:${row.id}` });
    return counts;
  });
}
