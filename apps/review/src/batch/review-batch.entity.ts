import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { Caller } from '@shidang/access';
import {
  reviewRefusals,
  type BatchState,
  type Refusal,
  type ReviewBatchView,
  type SkippedCase,
} from '@shidang/contracts';
import { newId, Scoped } from '@shidang/persistence';

/** One case of the batch; `skipped` once it was refused what a single decision would have been refused. */
export interface BatchItem {
  caseId: string;
  contentHash: string;
  skipped?: { code: string; zh: string; en: string };
}

/** Approvals of many cases, held until `releaseAt` so that a slip of the hand can be undone. */
@Entity()
@Scoped({ path: 'orgPath' })
export class ReviewBatch {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  /** Of who decides. */
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'uuid' }) accountId: string;
  @Property({ type: 'uuid' }) postId: string;
  @Property({ type: 'uuid' }) personId: string;
  @Property({ type: 'text' }) state: BatchState = 'held';
  @Property({ type: 'timestamptz' }) createdAt: Date = new Date();
  @Property({ type: 'timestamptz' }) releaseAt: Date;
  @Property({ type: 'timestamptz', nullable: true }) closedAt?: Date;
  @Property({ type: 'text', nullable: true }) stoppedBy?: string;
  @Property({ type: 'json', columnType: 'jsonb' }) items: BatchItem[];

  constructor(by: Caller, items: readonly BatchItem[], holdSeconds: number) {
    this.orgPath = by.orgPath;
    this.accountId = by.accountId;
    this.postId = by.postId;
    this.personId = by.personId;
    this.items = items.map(({ caseId, contentHash }) => ({ caseId, contentHash }));
    this.releaseAt = new Date(this.createdAt.getTime() + holdSeconds * 1000);
  }

  /** Cases that are decided at release, in a fixed order so that two batches never wait for each other. */
  get pending(): readonly BatchItem[] {
    return this.items.filter((item) => !item.skipped).sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  }

  skip(caseId: string, why: Refusal): void {
    const { code, zh, en } = why.body;
    this.items = this.items.map((item) =>
      item.caseId === caseId && !item.skipped ? { ...item, skipped: { code, zh, en } } : item,
    );
  }

  release(by: Caller): void {
    this.close('released', by);
  }

  undo(by: Caller): void {
    this.close('undone', by);
  }

  get view(): ReviewBatchView {
    return {
      id: this.id,
      state: this.state,
      verdict: 'approve',
      count: this.pending.length,
      caseIds: this.pending.map((item) => item.caseId),
      skipped: this.items.flatMap(skippedCase),
      createdAt: this.createdAt.toISOString(),
      releaseAt: this.releaseAt.toISOString(),
      closedAt: this.closedAt?.toISOString(),
      stoppedBy: this.stoppedBy,
    };
  }

  private close(state: BatchState, by: Caller): void {
    if (this.personId !== by.personId || this.orgPath !== by.orgPath)
      throw reviewRefusals.notYourBatch({ batchId: this.id });
    if (this.state !== 'held') throw reviewRefusals.batchClosed({ batchId: this.id, state: this.state });
    this.state = state;
    this.closedAt = new Date();
  }
}

const skippedCase = ({ caseId, skipped }: BatchItem): SkippedCase[] =>
  skipped ? [{ caseId, code: skipped.code, detail: skipped.zh, detailEn: skipped.en }] : [];
