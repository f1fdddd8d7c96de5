import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { Caller } from '@shidang/access';
import { reviewRefusals, type BatchState, type Mark, type MarkedValue, type Verdict } from '@shidang/contracts';
import { newId, Scoped, traceparentNow, type Vault } from '@shidang/persistence';
import { coded, wordsOf } from '../case/case-decision.entity';

/** Decisions on many cases alike, held until `releaseAt` so that a slip of the hand can be undone. */
@Entity()
@Scoped({ path: 'orgPath' })
export class ReviewBatch {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  /** Of who decides. */
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'uuid' }) accountId: string;
  @Property({ type: 'uuid' }) postId: string;
  @Property({ type: 'uuid' }) personId: string;
  @Property({ type: 'text' }) verdict: Verdict;
  @Property({ type: 'json', columnType: 'jsonb' }) marks: Mark[];
  /** Of the marks in their order, sealed like those of a decision. */
  @Property({ type: 'text', nullable: true }) words?: string;
  @Property({ type: 'text' }) state: BatchState = 'holding';
  @Property({ type: 'timestamptz' }) createdAt: Date = new Date();
  @Property({ type: 'timestamptz' }) releaseAt: Date;
  @Property({ type: 'timestamptz', nullable: true }) closedAt?: Date;
  @Property({ type: 'text', nullable: true }) stoppedBy?: string;
  /** Of the request that made it, later of the one that released it. */
  @Property({ type: 'text', nullable: true }) traceparent?: string = traceparentNow();

  constructor(
    by: Caller,
    what: { verdict: Verdict; marks: readonly MarkedValue[] },
    holdSeconds: number,
    vault: Vault,
  ) {
    this.orgPath = by.orgPath;
    this.accountId = by.accountId;
    this.postId = by.postId;
    this.personId = by.personId;
    this.verdict = what.verdict;
    this.marks = what.marks.map(coded);
    if (what.marks.length > 0)
      this.words = vault.seal(JSON.stringify(what.marks.map((mark) => mark.words)), this.placeOfWords);
    this.releaseAt = new Date(this.createdAt.getTime() + holdSeconds * 1000);
  }

  markedValues(vault: Vault): MarkedValue[] {
    return this.words ? wordsOf(this.marks, vault.open(this.words, this.placeOfWords)) : [];
  }

  /** All its cases are held: from now on the time to think it over runs. */
  hold(seconds: number): void {
    this.state = 'held';
    this.releaseAt = new Date(Date.now() + seconds * 1000);
  }

  /** From here on there is no way back. */
  release(by: Caller): void {
    this.assertMaker(by);
    if (this.state !== 'held') throw this.closed();
    this.state = 'releasing';
    this.traceparent = traceparentNow();
  }

  undo(by: Caller): void {
    this.assertMaker(by);
    if (this.state !== 'held' && this.state !== 'holding') throw this.closed();
    this.close('undone');
  }

  close(state: 'released' | 'undone'): void {
    this.state = state;
    this.closedAt = new Date();
  }

  private get placeOfWords() {
    return { table: 'review_batch', column: 'words', row: this.id };
  }

  private assertMaker(by: Caller): void {
    if (this.personId !== by.personId || this.orgPath !== by.orgPath)
      throw reviewRefusals.notYourBatch({ batchId: this.id });
  }

  private closed() {
    return reviewRefusals.batchClosed({ batchId: this.id, state: this.state });
  }
}
