import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { Category } from '@shidang/catalogue';
import type { RecordFinding, SubmissionKind } from '@shidang/contracts';
import { newId, Scoped } from '@shidang/persistence';
import type { SubmittedContent } from './content';

export type SubmissionState = 'open' | 'approved' | 'returned' | 'withdrawn' | 'superseded' | 'conflict';

/** What a submission is made of; nothing of it changes afterwards. */
export interface Frozen {
  teacherId: string;
  orgPath: string;
  schoolCode: string;
  category: Category;
  kind: SubmissionKind;
  content: SubmittedContent;
  contentHash: string;
  catalogueVersion: string;
  contributors: string[];
  ruleHits: RecordFinding[];
  supersedes?: string;
  submittedBy: string;
  submittedPerson: string;
  submittedRole: string;
}

/** 提交: the content that is reviewed, frozen. Review decides on its hash; only its state moves. */
@Entity()
@Scoped({ path: 'orgPath', teacher: 'teacherId' })
export class Submission {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'uuid' }) teacherId!: string;
  @Property({ type: 'text' }) orgPath!: string;
  @Property({ type: 'text' }) schoolCode!: string;
  @Property({ type: 'text' }) category!: Category;
  @Property({ type: 'text' }) kind!: SubmissionKind;
  @Property({ type: 'text' }) state: SubmissionState = 'open';
  @Property({ type: 'json', columnType: 'jsonb' }) content!: SubmittedContent;
  @Property({ type: 'text' }) contentHash!: string;
  @Property({ type: 'text' }) catalogueVersion!: string;
  @Property({ type: 'array', columnType: 'uuid[]' }) contributors!: string[];
  @Property({ type: 'json', columnType: 'jsonb' }) ruleHits!: RecordFinding[];
  @Property({ type: 'uuid', nullable: true }) supersedes?: string | null;
  @Property({ type: 'uuid' }) submittedBy!: string;
  @Property({ type: 'uuid' }) submittedPerson!: string;
  @Property({ type: 'text' }) submittedRole!: string;
  @Property({ type: 'timestamptz' }) submittedAt: Date = new Date();
  @Property({ type: 'timestamptz', nullable: true }) decidedAt?: Date | null;

  constructor(frozen: Frozen) {
    Object.assign(this, frozen);
  }

  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Review has spoken, or the submitter took it back: once. */
  close(state: Exclude<SubmissionState, 'open' | 'superseded'>): void {
    if (!this.isOpen) return;
    this.state = state;
    this.decidedAt = new Date();
  }

  /** A mended record replaces what was returned; what took effect is never replaced. */
  supersede(): boolean {
    if (this.state === 'approved') return false;
    this.state = 'superseded';
    return true;
  }
}
