import { landmarks } from './landmarks';
import type { Work } from './work';

/** One row of the outbox on its way out. */
export interface OutboxRow {
  id: string;
  /** Facts of one aggregate leave in order. */
  aggregate_id: string;
  subject: string;
  payload: unknown;
  traceparent: string;
}

export interface RelayOptions {
  /** Stores the fact outside; resolves after the acknowledgement. */
  publish: (row: OutboxRow) => Promise<void>;
  onError: (error: unknown) => void;
  /** Milliseconds between looks when there was nothing. */
  idle?: number;
  batch?: number;
}

const turnMilliseconds = 100;

/**
 * Carries facts from the outbox to the stream (W2). One relay per database has the turn at a time (`relay_turn`, skip
 * locked), so order holds per aggregate; it takes rows that are unpublished, never "later than the last seen", and
 * marks them after the acknowledgement. A crash between the two publishes again: consumers apply once.
 */
export class Relay {
  private stopped = false;
  private running?: Promise<void>;
  private wake?: () => void;
  private hinted = false;

  constructor(
    private readonly work: Work,
    private readonly options: RelayOptions,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.running;
  }

  /** A hint that something was told; the look every `idle` milliseconds is the guarantee. */
  hint(): void {
    this.hinted = true;
    this.wake?.();
  }

  private async loop(): Promise<void> {
    let carried = 0;
    while (!this.stopped) {
      const mayBeNothing = carried === 0 && !this.hinted;
      this.hinted = false;
      carried = 0;
      try {
        carried = mayBeNothing && !(await this.isAnythingUntold()) ? 0 : await this.carry();
      } catch (error) {
        this.options.onError(error);
        await this.rest(500);
        continue;
      }
      if (carried === 0) await this.rest(this.options.idle ?? 1_000);
    }
  }

  /** One round trip, where carrying takes four: most looks find nothing. */
  private async isAnythingUntold(): Promise<boolean> {
    const text = `select from outbox where published_at is null limit 1`;
    return (await this.work.lookBeyond('relay', { name: 'relay-look', text })).length > 0;
  }

  /** Publishes one batch; returns how many. */
  carry(): Promise<number> {
    return this.work.beyond('relay', async (_, sql) => {
      const turn = await sql(`select one from relay_turn for update skip locked`, [], 'relay-turn');
      // another replica is at it and may have looked before our commit: look again soon
      if (turn.length === 0) return this.lookAgainSoon();
      const rows = await sql<OutboxRow>(
        `select id, aggregate_id, subject, payload, traceparent from outbox where published_at is null order by id limit $1`,
        [this.options.batch ?? 200],
        'relay-rows',
      );
      if (rows.length === 0) return 0;
      const { published, failure } = await this.publishAll(rows);
      await sql(`update outbox set published_at = now() where id = any($1::uuid[])`, [published], landmarks.told);
      if (failure && published.length === 0) throw failure;
      return published.length;
    });
  }

  /** Aggregates side by side, each in its own order; after a failure the rest of that aggregate waits. */
  private async publishAll(rows: readonly OutboxRow[]): Promise<{ published: string[]; failure: unknown }> {
    const published: string[] = [];
    let failure: unknown;
    const one = async (facts: OutboxRow[]) => {
      try {
        for (const fact of facts) {
          await this.options.publish(fact);
          published.push(fact.id);
        }
      } catch (error) {
        failure = error;
      }
    };
    const byAggregate = new Map<string, OutboxRow[]>();
    for (const row of rows) byAggregate.set(row.aggregate_id, [...(byAggregate.get(row.aggregate_id) ?? []), row]);
    await Promise.all([...byAggregate.values()].map(one));
    return { published, failure };
  }

  private lookAgainSoon(): number {
    setTimeout(() => this.wake?.(), turnMilliseconds).unref();
    return 0;
  }

  private rest(milliseconds: number): Promise<void> {
    // what was told while we looked was perhaps not seen
    if (this.hinted || this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
