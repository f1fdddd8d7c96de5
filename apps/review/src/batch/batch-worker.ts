import { BusClient, CallerVerifier, faultWords, inBackground, isOutage, newTrace, type Step } from '@shidang/bus';
import type { Caller } from '@shidang/access';
import { createReviewBatch, Refusal, releaseReviewBatch, renewCaller, reviewRefusals } from '@shidang/contracts';
import { audited, newId, traceparentNow, withRequest, Work } from '@shidang/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { ReviewConfig } from '../review.config';
import { BatchBell } from './batch-bell';
import { freeCases, giveUp } from './batch-items';
import { GoThrough } from './go-through';
import { lockBatch } from './lock-cases';

interface DueBatch {
  id: string;
  account_id: string;
  post_id: string;
  state: string;
  traceparent: string | null;
}

const stepOf = ({ id, state, traceparent }: DueBatch): Step => ({
  name: `job review-batch ${state}`,
  kind: 'inner',
  attributes: { 'shidang.job': id },
  alsoFrom: [traceparent ?? undefined],
});

/** A worker that died is followed by another after this long; the caller it decided as is signed for 12 s. */
const leaseSeconds = 8;
/** Another look when something went wrong; an outage is waited for however long it takes. */
const againSeconds = 2;
const mostFailures = 10;
/** A batch that somebody may take up. */
const due = `(state in ('holding', 'releasing') or (state = 'held' and release_at <= now())) and (lease_until is null or lease_until <= now())`;
/** Cases that a closed batch still holds. */
const leftBehind = `from review_case c join review_batch b on c.held_by = b.id where b.state not in ('holding', 'held', 'releasing')`;
const sweepMilliseconds = 60_000;

/**
 * Goes through batches chunk by chunk, turn about: those being made, those whose time to think it over has passed, those
 * being released. As the reviewer who made them, asked anew before each chunk: a reviewer who lost the post decides
 * nothing any more (A6). A lease keeps two workers apart, and a worker that was frozen finds its successor's name.
 */
@Injectable()
export class BatchWorker {
  private readonly self = newId();
  private readonly log = new Logger('BatchWorker');
  private stopped = false;
  private rung = false;
  private wake?: () => void;
  private nextSweep = Date.now() + sweepMilliseconds;

  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly verifier: CallerVerifier,
    private readonly goThrough: GoThrough,
    private readonly config: ReviewConfig,
    private readonly bell: BatchBell,
  ) {}

  /** Looks until stopped; returns the stop. */
  start(): () => Promise<void> {
    const ring = () => {
      this.rung = true;
      this.wake?.();
    };
    this.bell.listen(ring);
    const running = this.loop();
    return async () => {
      this.stopped = true;
      ring();
      await running;
    };
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.rung = false;
      try {
        const { isDue, isLeftBehind } = await this.look();
        const batch = isDue ? await this.claim() : undefined;
        if (batch) {
          await this.chunk(batch);
          continue;
        }
        if (isLeftBehind) await this.freeLeftBehind();
        if (Date.now() >= this.nextSweep) await this.sweep();
      } catch (error) {
        this.log.warn({ looking: faultWords(error).words });
      }
      if (!this.stopped && !this.rung) await this.rest();
    }
  }

  /** What there is to do, in one round trip: mostly nothing. */
  private async look(): Promise<{ isDue: boolean; isLeftBehind: boolean }> {
    const text = `select exists (select from review_batch where ${due}) as "isDue", exists (select ${leftBehind}) as "isLeftBehind"`;
    const [look] = await this.work.lookBeyond<{ isDue: boolean; isLeftBehind: boolean }>('jobs', {
      name: 'batch-look',
      text,
    });
    return look!;
  }

  /** The one that has waited longest since its last chunk. */
  private claim(): Promise<DueBatch | undefined> {
    return this.work.beyond('jobs', async (_, sql) => {
      const [batch] = await sql<DueBatch>(
        `update review_batch b set lease_owner = $1, lease_until = now() + make_interval(secs => $2)
         where b.id = (
           select id from review_batch where ${due} order by lease_until nulls first, release_at limit 1 for update skip locked)
         returning b.id, b.account_id, b.post_id, b.state, b.traceparent`,
        [this.self, leaseSeconds],
      );
      return batch;
    });
  }

  private async chunk(due: DueBatch): Promise<void> {
    try {
      await inBackground(stepOf(due), async () => this.goOn(due, await this.renewed(due)));
      this.bus.hint('job', due.id);
    } catch (error) {
      if (error instanceof Refusal && error.body.kind === 'unauthenticated') return this.stop(due.id, error);
      this.log.warn({ batch: due.id, chunk: faultWords(error).words });
      await this.putOff(due.id, isOutage(error) ? 0 : 1);
    }
  }

  private async renewed(due: DueBatch): Promise<Caller> {
    const { callerToken } = await this.bus.ask(renewCaller, { accountId: due.account_id, postId: due.post_id });
    const caller = await this.verifier.verify(callerToken);
    if (!caller) throw new Error('identity renewed a caller that does not verify');
    return caller;
  }

  private async goOn(due: DueBatch, caller: Caller): Promise<void> {
    const { state } = await this.stateOf(due.id);
    const { name: contract } = state === 'holding' ? createReviewBatch : releaseReviewBatch;
    const context = {
      contract,
      effect: 'write',
      replay: 'never',
      traceparent: traceparentNow() ?? newTrace(),
      caller,
    } as const;
    await withRequest(context, () =>
      this.work.as(caller, async (em, sql) => {
        const batch = await lockBatch(em, due.id);
        const mine = await sql(
          `update review_batch set lease_until = now(), failures = 0 where id = $1 and lease_owner = $2 returning id`,
          [due.id, this.self],
        );
        audited(em, { object: `batch:${due.id}` });
        // undone meanwhile, released by a request, or taken over while this process was frozen
        if (mine.length === 0 || !['holding', 'held', 'releasing'].includes(batch.state)) return;
        if (batch.state === 'held') batch.release(caller);
        await this.goThrough.next({ em, sql, batch, caller });
      }),
    );
  }

  private async stateOf(batchId: string): Promise<{ state: string }> {
    const [row] = await this.work.beyond('jobs', (_, sql) =>
      sql<{ state: string }>(`select state from review_batch where id = $1`, [batchId]),
    );
    if (!row) throw new Error('the batch is gone');
    return row;
  }

  /** The lease stays for a moment, so that the others have their turn meanwhile. */
  private async putOff(batchId: string, failed: 0 | 1): Promise<void> {
    const [row] = await this.work.beyond('jobs', (_, sql) =>
      sql<{ failures: number }>(
        `update review_batch set lease_until = now() + make_interval(secs => $2), failures = failures + $3
         where id = $1 and lease_owner = $4 returning failures`,
        [batchId, againSeconds, failed, this.self],
      ),
    );
    if ((row?.failures ?? 0) >= mostFailures) await this.stop(batchId, reviewRefusals.batchGaveUp({}));
  }

  /** Nothing more is decided, and what was not decided waits for a decision again. */
  private async stop(batchId: string, why: Refusal): Promise<void> {
    await this.work.beyond('jobs', async (_, sql) => {
      const closed = await sql(
        `update review_batch set state = 'stopped', stopped_by = $2, closed_at = now()
         where id = $1 and state in ('holding', 'held', 'releasing') returning id`,
        [batchId, why.body.code],
      );
      if (closed.length === 0) return;
      await giveUp(sql, batchId);
      await freeCases(sql, batchId);
    });
    this.bus.hint('job', batchId);
    this.log.warn({ batch: batchId, stopped: why.body.code });
  }

  /** Of a school that moved away meanwhile, whoever closed the batch could not reach the case any more. */
  private async freeLeftBehind(): Promise<void> {
    await this.work.beyond('jobs', (_, sql) =>
      sql(
        `update review_case c set held_by = null, held_until = null from review_batch b
         where c.held_by = b.id and b.state not in ('holding', 'held', 'releasing')`,
      ),
    );
  }

  /** Selections are for the hour they were made in. */
  private async sweep(): Promise<void> {
    this.nextSweep = Date.now() + sweepMilliseconds;
    await this.work.beyond('jobs', async (_, sql) => {
      await sql(`delete from selection_item i using selection s where s.id = i.selection_id and s.expires_at <= now()`);
      await sql(`delete from selection where expires_at <= now()`);
    });
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.config.BATCH_LOOK_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
