import { BusClient, CallerVerifier, faultWords, newTrace } from '@shidang/bus';
import { Refusal, releaseReviewBatch, renewCaller } from '@shidang/contracts';
import { Work, withRequest } from '@shidang/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { ReviewConfig } from '../review.config';
import { ReleaseBatchHandler } from './release-batch';

interface DueBatch {
  id: string;
  account_id: string;
  post_id: string;
}

/** Releases what is due, as the reviewer who made it: a reviewer who lost the post decides nothing any more (A6). */
@Injectable()
export class DueBatches {
  private readonly log = new Logger('DueBatches');
  private stopped = false;
  private wake?: () => void;

  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly verifier: CallerVerifier,
    private readonly releasing: ReleaseBatchHandler,
    private readonly config: ReviewConfig,
  ) {}

  /** Looks until stopped; returns the stop. */
  start(): () => Promise<void> {
    const running = this.loop();
    return async () => {
      this.stopped = true;
      this.wake?.();
      await running;
    };
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      try {
        for (const batch of await this.due()) await this.one(batch);
        await this.freeLeftBehind();
      } catch (error) {
        this.log.warn({ looking: faultWords(error).words });
      }
      if (!this.stopped) await this.rest();
    }
  }

  private due(): Promise<DueBatch[]> {
    return this.work.beyond('jobs', (_, sql) =>
      sql<DueBatch>(
        `select id, account_id, post_id from review_batch where state = 'held' and release_at <= now() order by release_at limit 20`,
      ),
    );
  }

  private async one(batch: DueBatch): Promise<void> {
    try {
      const { callerToken } = await this.bus.ask(renewCaller, { accountId: batch.account_id, postId: batch.post_id });
      const caller = await this.verifier.verify(callerToken);
      if (!caller) throw new Error('identity renewed a caller that does not verify');
      const context = {
        contract: releaseReviewBatch.name,
        effect: 'write',
        replay: 'never',
        traceparent: newTrace(),
      } as const;
      await withRequest({ ...context, caller }, () => this.releasing.release({ batchId: batch.id }, caller));
    } catch (error) {
      if (error instanceof Refusal && error.body.kind === 'unauthenticated') return this.stop(batch, error);
      // identity away, or released by another replica meanwhile: the next look decides
      this.log.warn({ batch: batch.id, notReleased: faultWords(error).words });
    }
  }

  /** The reviewer is none any more: nothing is decided, and the cases wait for a decision again. */
  private async stop(batch: DueBatch, why: Refusal): Promise<void> {
    await this.work.beyond('jobs', async (_, sql) => {
      const closed = await sql(
        `update review_batch set state = 'stopped', stopped_by = $2, closed_at = now() where id = $1 and state = 'held' returning id`,
        [batch.id, why.body.code],
      );
      if (closed.length > 0)
        await sql(`update review_case set held_by = null, held_until = null where held_by = $1`, [batch.id]);
    });
    this.log.warn({ batch: batch.id, stopped: why.body.code });
  }

  /** Of a school that moved away meanwhile, whoever closed the batch could not reach the case any more. */
  private async freeLeftBehind(): Promise<void> {
    await this.work.beyond('jobs', (_, sql) =>
      sql(
        `update review_case c set held_by = null, held_until = null from review_batch b
         where c.held_by = b.id and b.state <> 'held'`,
      ),
    );
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
