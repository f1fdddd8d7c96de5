import type { Caller } from '@shidang/access';
import { BusClient, CallerVerifier, newTrace } from '@shidang/bus';
import { commonRefusals, renewCaller } from '@shidang/contracts';
import { traceparentNow, Vault, withRequest, Work, type Sql } from '@shidang/persistence';
import type { ImportRow } from '../import-row';
import { defaultCategory, judgingFor } from '../judge-workbook';
import type { Judging } from '../judging/judge-person';
import type { SheetHead } from '../workbook/filled-sheet';
import { checkWorkbook } from './check-workbook';
import { commitRows } from './commit-rows';
import { undoRows } from './undo-rows';

/** The service is stopping, or somebody else holds the import now: what is done stays done, the rest is for who follows. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

const contractOf = { committing: 'records.import.commit', undoing: 'records.import.undo' } as const;

/** One claimed import, from one of its states to the next. */
export class ImportJob {
  constructor(
    readonly row: ImportRow,
    /** The worker that claimed it. */
    private readonly owner: string,
    readonly work: Work,
    readonly vault: Vault,
    private readonly bus: BusClient,
    private readonly verifier: CallerVerifier,
    /** Asked between batches; throws `Interrupted` when the service stops. */
    readonly breathe: () => void,
  ) {}

  private readonly trace = traceparentNow() ?? newTrace();

  run(): Promise<void> {
    if (this.row.state === 'committing') return commitRows(this);
    return this.row.state === 'undoing' ? undoRows(this) : checkWorkbook(this);
  }

  async judging(heads: readonly SheetHead[], caller: Caller): Promise<Judging> {
    return judgingFor(heads, caller, await this.work.read(caller, (_, sql) => defaultCategory(sql, caller)));
  }

  async asCaller<T>(caller: Caller, body: Parameters<typeof this.work.as<T>>[1]): Promise<T> {
    const request = {
      contract: this.row.state === 'undoing' ? contractOf.undoing : contractOf.committing,
      effect: 'write',
      replay: 'never',
      caller,
      traceparent: this.trace,
    } as const;
    const done = await withRequest(request, () => this.work.as(caller, body));
    this.tell();
    return done;
  }

  /** A step of the job itself, while the import is this worker's. */
  async held<T>(body: (sql: Sql) => Promise<T>): Promise<T> {
    const done = await this.work.beyond('jobs', async (_, sql) => {
      await this.hold(sql);
      return body(sql);
    });
    this.tell();
    return done;
  }

  /** How far the step is, in the transaction of what is counted. */
  async reach(sql: Sql, done: number, total?: number): Promise<void> {
    await sql(`update import set step_done = $2, step_total = coalesce($3, step_total) where id = $1`, [
      this.row.id,
      done,
      total ?? null,
    ]);
  }

  /** Rings whoever follows the job: it may be further. */
  tell(): void {
    this.bus.hint('job', this.row.id);
  }

  /**
   * The import stays with this worker until the transaction ends. A worker that was frozen past its lease finds its
   * successor's name here and writes nothing any more.
   */
  async hold(sql: Sql): Promise<void> {
    const held = await sql(
      `select id from import where id = $1 and lease_owner = $2 and state = $3 for no key update`,
      [this.row.id, this.owner, this.row.state],
    );
    if (held.length === 0) throw new Interrupted();
  }

  /** The account may have lost its post since the upload: asked before every batch (A6). */
  async renewed(): Promise<Caller> {
    const { callerToken } = await this.bus.ask(renewCaller, {
      accountId: this.row.account_id,
      postId: this.row.post_id,
    });
    const caller = await this.verifier.verify(callerToken);
    if (!caller) throw commonRefusals.unauthenticated({});
    return caller;
  }
}
