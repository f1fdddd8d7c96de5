import type { Caller } from '@shidang/access';
import { BusClient, CallerVerifier, newTrace } from '@shidang/bus';
import { commonRefusals, renewCaller, type ImportCounts } from '@shidang/contracts';
import { audited, Vault, withRequest, Work, type Sql } from '@shidang/persistence';
import { keepIssues } from './import-issues';
import type { ImportRow } from './import-row';
import { batchesOf, count, countIssues, defaultCategory, judgeAll, judgingFor, noCounts } from './judge-workbook';
import type { Issue } from './judging/issue';
import type { Judging } from './judging/judge-person';
import { sheetIssues } from './judging/sheet-issues';
import { loadPeople } from './load-people';
import { dropUpload, openUpload } from './upload';
import type { SheetHead } from './workbook/filled-sheet';
import type { PersonRows } from './workbook/read-workbook';
import { writePeople } from './write-people';

/** The service is stopping, or somebody else holds the import now: what is done stays done, the rest is for who follows. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

const issuesAtOnce = 2_000;

interface Batch {
  judging: Judging;
  people: readonly PersonRows[];
  caller: Caller;
  /** People of the file done when this batch is. */
  done: number;
  before: Promise<ImportCounts>;
}

/** One claimed import, from one of its states to the next. */
export class ImportJob {
  constructor(
    private readonly row: ImportRow,
    /** The worker that claimed it. */
    private readonly owner: string,
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
    private readonly verifier: CallerVerifier,
    /** Asked between batches; throws `Interrupted` when the service stops. */
    private readonly breathe: () => void,
  ) {}

  private readonly trace = newTrace();

  run(): Promise<void> {
    return this.row.state === 'committing' ? this.commit() : this.check();
  }

  /** Everything wrong with every cell, in one pass. Begun anew after a restart: nothing is written but what was found. */
  private async check(): Promise<void> {
    const file = await this.work.beyond('jobs', async (_, sql) => {
      await this.hold(sql);
      await sql(`delete from import_issue where import_id = $1`, [this.row.id]);
      return openUpload(sql, this.vault, this.row);
    });
    const counts = noCounts();
    let judging: Judging | undefined;
    for await (const { heads, people } of batchesOf(file)) {
      this.breathe();
      const caller = await this.renewed();
      judging ??= await this.judging(heads, caller);
      if (people.length === 0) {
        await this.keep(sheetIssues(heads), counts);
        continue;
      }
      const numbers = people.map((each) => each.number);
      const onFile = await this.work.read(caller, (_, sql) => loadPeople(sql, this.vault, numbers));
      const judged = await judgeAll(judging, people, onFile);
      const issues = judged.flatMap(({ person }) => person.issues);
      await this.keepRows(issues, counts.findings);
      for (const one of judged) count(counts, one);
    }
    await this.work.beyond('jobs', async (_, sql) => {
      await this.hold(sql);
      await sql(
        `update import set state = 'checked', counts = $2, checked_at = now(), lease_until = null where id = $1`,
        [this.row.id, JSON.stringify(counts)],
      );
    });
  }

  /**
   * Writes the good rows batch by batch; each batch and how far the job is commit together, so a restart goes on after it. While one
   * batch is being stored the next is judged: two transactions at most, over different teachers, committing in order.
   */
  private async commit(): Promise<void> {
    const file = await this.work.beyond('jobs', (_, sql) => openUpload(sql, this.vault, this.row));
    const start = this.row.done_people > 0 && this.row.counts ? this.row.counts : noCounts();
    let judging: Judging | undefined;
    let written = Promise.resolve(start);
    let seen = 0;
    for await (const { heads, people } of batchesOf(file)) {
      this.breathe();
      if (people.length === 0) {
        if (this.row.done_people === 0) countIssues(start, sheetIssues(heads));
        continue;
      }
      seen += people.length;
      if (seen <= this.row.done_people) continue;
      const caller = await this.renewed();
      judging ??= await this.judging(heads, caller);
      const before = written;
      written = this.write({ judging, people, caller, done: seen, before });
      written.catch(() => undefined); // awaited with the next batch or below
      await before;
    }
    const counts = await written;
    await this.work.beyond('jobs', async (_, sql) => {
      await this.hold(sql);
      await sql(
        `update import set state = 'committed', counts = $2, committed_at = now(), lease_until = null where id = $1`,
        [this.row.id, JSON.stringify(counts)],
      );
      await dropUpload(sql, this.row.id);
    });
  }

  /** One batch, one transaction. It commits after the batch `before` it, and not at all without it. */
  private write({ judging, people, caller, done, before }: Batch): Promise<ImportCounts> {
    const numbers = people.map((each) => each.number);
    return this.asCaller(caller, async (em, sql) => {
      const onFile = await loadPeople(sql, this.vault, numbers, { lock: true });
      const judged = await judgeAll(judging, people, onFile);
      const known = judged.flatMap(({ person, teacher }) => (teacher ? [{ person, teacher }] : []));
      await writePeople(em, sql, this.vault, caller, this.row.id, known);
      const counts = { ...(await before) };
      for (const one of judged) count(counts, one);
      // held last: the batch after this one runs beside it and must not take the row first
      await this.hold(sql);
      await sql(`update import set done_people = $2, counts = $3, attempts = 0 where id = $1`, [
        this.row.id,
        done,
        JSON.stringify(counts),
      ]);
      audited(em, { object: `import:${this.row.id}` });
      return counts;
    });
  }

  private async judging(heads: readonly SheetHead[], caller: Caller): Promise<Judging> {
    return judgingFor(heads, caller, await this.work.read(caller, (_, sql) => defaultCategory(sql, caller)));
  }

  private asCaller<T>(caller: Caller, body: Parameters<typeof this.work.as<T>>[1]): Promise<T> {
    const request = {
      contract: 'records.import.commit',
      effect: 'write',
      replay: 'never',
      caller,
      traceparent: this.trace,
    } as const;
    return withRequest(request, () => this.work.as(caller, body));
  }

  private async keep(issues: readonly Issue[], counts: ImportCounts): Promise<void> {
    await this.keepRows(issues, counts.findings);
    countIssues(counts, issues);
  }

  private async keepRows(issues: readonly Issue[], from: number): Promise<void> {
    for (let at = 0; at < issues.length; at += issuesAtOnce) {
      const part = issues.slice(at, at + issuesAtOnce);
      await this.work.beyond('jobs', async (_, sql) => {
        await this.hold(sql);
        await keepIssues(sql, this.vault, this.row, part, from + at);
      });
    }
  }

  /**
   * The import stays with this worker until the transaction ends. A worker that was frozen past its lease finds its
   * successor's name here and writes nothing any more.
   */
  private async hold(sql: Sql): Promise<void> {
    const held = await sql(
      `select id from import where id = $1 and lease_owner = $2 and state = $3 for no key update`,
      [this.row.id, this.owner, this.row.state],
    );
    if (held.length === 0) throw new Interrupted();
  }

  /** The account may have lost its post since the upload: asked before every batch (A6). */
  private async renewed(): Promise<Caller> {
    const { callerToken } = await this.bus.ask(renewCaller, {
      accountId: this.row.account_id,
      postId: this.row.post_id,
    });
    const caller = await this.verifier.verify(callerToken);
    if (!caller) throw commonRefusals.unauthenticated({});
    return caller;
  }
}
