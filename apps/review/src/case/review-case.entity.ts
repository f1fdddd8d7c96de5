import { ArrayType, Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { parentPath, type Caller, type Role } from '@shidang/access';
import {
  reviewRefusals,
  type CaseStage,
  type MarkedValue,
  type ReviewStepName,
  type SubmissionKind,
  type SubmissionMade,
  type Verdict,
} from '@shidang/contracts';
import { newId, Scoped } from '@shidang/persistence';
import { routeOf, stages, turnOf, type CaseVerb } from './review-route';
import { shapeOf } from './shape';

/** Long enough to read a record, short enough that nobody waits for who has left. */
export const claimMilliseconds = 300_000;

/** 审核事项: one submission on its way through school and authority. Holds no value of the record. */
@Entity()
@Scoped({ path: 'orgPath', teacher: 'teacherId' })
export class ReviewCase {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'uuid' }) submissionId: string;
  @Property({ type: 'uuid' }) teacherId: string;
  /** Of the school. */
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'text' }) orgCode: string;
  @Property({ type: 'text' }) category: string;
  @Property({ type: 'text' }) kind: SubmissionKind;
  @Property({ type: 'text' }) stage: CaseStage;
  /** What it touches, spelled so that alike cases are equal (`shape.ts`). */
  @Property({ type: 'text' }) shape: string;
  @Property({ type: 'text', nullable: true }) turnOrgPath?: string;
  @Property({ type: 'text', nullable: true }) turnRole?: Role;
  @Property({ type: 'text' }) contentHash: string;
  /** Persons who may not review it: who filled, who submitted, whom it is about. */
  @Property({ type: ArrayType, columnType: 'uuid[]' }) contributors: string[];
  @Property({ type: ArrayType, columnType: 'text[]' }) ruleHits: string[];
  @Property({ type: 'uuid' }) submittedBy: string;
  @Property({ type: 'uuid', nullable: true }) submitterId?: string;
  @Property({ type: 'text' }) submitterRole: Role;
  /** Submission this one mends. */
  @Property({ type: 'uuid', nullable: true }) supersedes?: string;
  @Property({ type: 'boolean' }) schoolSkipped: boolean;
  @Property({ type: 'timestamptz', nullable: true }) openedAt?: Date;
  @Property({ type: 'uuid', nullable: true }) heldBy?: string;
  @Property({ type: 'timestamptz', nullable: true }) heldUntil?: Date;
  /** Who has it open, so that two do not read the same. A courtesy: it locks nothing. */
  @Property({ type: 'uuid', nullable: true }) claimedBy?: string;
  @Property({ type: 'timestamptz', nullable: true }) claimedUntil?: Date;
  @Property({ type: 'text', nullable: true }) receipt?: string;
  @Property({ type: 'timestamptz' }) submittedAt: Date;
  @Property({ type: 'timestamptz' }) movedAt: Date = new Date();
  /** Counts moves, and goes on counting over the cases of a teacher: what replicates its stage keeps the newest. */
  @Property({ type: 'integer' }) version: number;

  /** Opens the case of a submission at the first step of its route. */
  constructor(made: SubmissionMade, terms: { schoolSkipped: boolean; after: number }) {
    this.submissionId = made.submissionId;
    this.teacherId = made.teacherId;
    this.orgPath = made.orgPath;
    this.orgCode = made.schoolCode;
    this.category = made.category;
    this.kind = made.kind;
    this.shape = shapeOf(made);
    this.contentHash = made.contentHash;
    this.submitterId = made.actor?.personId;
    this.contributors = [...new Set([...made.contributors, ...(this.submitterId ? [this.submitterId] : [])])];
    this.ruleHits = made.ruleHits;
    this.submittedBy = made.submittedBy;
    this.submitterRole = (made.actor?.role ?? 'informationAdministrator') as Role;
    this.submittedAt = new Date(made.at);
    this.supersedes = made.supersedes;
    this.schoolSkipped = terms.schoolSkipped;
    this.version = terms.after + 1;
    this.stage = routeOf(made.kind, terms.schoolSkipped)[0]!.awaiting;
    this.takeTurn();
  }

  /** What a writer must have seen (If-Match). */
  get etag(): string {
    return `${this.version}.${this.contentHash.slice(0, 8)}`;
  }

  /** A reviewer whose turn it is has looked; from here on the filler cannot withdraw it. */
  open(by: Caller): void {
    if (!this.mayDecide(by)) return;
    this.openedAt ??= new Date();
    const taken = this.claimedUntil && this.claimedUntil > new Date() && this.claimedBy !== by.accountId;
    if (taken) return;
    this.claimedBy = by.accountId;
    this.claimedUntil = new Date(Date.now() + claimMilliseconds);
  }

  /** Refuses whoever may not decide this content now. 谁填报谁负责、谁审核谁负责: by person, not by account. */
  assertDecidable(by: Caller, seenHash: string): ReviewStepName {
    const facts = { caseId: this.id, stage: this.stage };
    // mended, withdrawn or other content: never an approval of what was not seen
    if (seenHash !== this.contentHash || this.stage === 'superseded' || this.stage === 'withdrawn')
      throw reviewRefusals.contentChanged({ caseId: this.id });
    const step = stages[this.stage].awaits;
    if (!step) throw reviewRefusals.notAwaiting(facts);
    if (this.turnOrgPath !== by.orgPath || this.turnRole !== by.role) throw reviewRefusals.notYourTurn(facts);
    if (this.contributors.includes(by.personId)) throw reviewRefusals.ownSubmission({ caseId: this.id });
    if (this.heldBy) throw reviewRefusals.heldInBatch({ caseId: this.id });
    return step;
  }

  /** Approves the step or returns the case with marks; each approval is bound to the hash of what was seen. */
  decide(verdict: Verdict, by: Caller, seenHash: string, marks: readonly MarkedValue[] = []): ReviewStepName {
    const step = this.assertDecidable(by, seenHash);
    if (verdict === 'return' && marks.length === 0) throw reviewRefusals.returnNeedsMarks({ caseId: this.id });
    if (verdict === 'approve' && marks.length > 0) throw reviewRefusals.approvalHasMarks({ caseId: this.id });
    this.openedAt ??= new Date();
    this.move(verdict);
    return step;
  }

  /** Part of a batch: decided at `until` unless undone. Serious rule hits want a human eye before they are approved. */
  hold(batchId: string, until: Date, by: Caller, decision: { verdict: Verdict; contentHash: string }): void {
    this.assertDecidable(by, decision.contentHash);
    if (decision.verdict === 'approve' && this.ruleHits.length > 0) throw reviewRefusals.ruleHits({ caseId: this.id });
    this.openedAt ??= new Date();
    this.heldBy = batchId;
    this.heldUntil = until;
  }

  letGo(batchId: string): void {
    if (this.heldBy !== batchId) return;
    this.heldBy = undefined;
    this.heldUntil = undefined;
  }

  /** 报送: the school hands its approved case to the authority. */
  sendUpward(receipt: string): void {
    this.move('sendUpward');
    this.receipt = receipt;
  }

  /** By who submitted it (the person, in whichever account), until a reviewer has opened it. */
  withdraw(by: Caller): void {
    const mine = this.submitterId ? this.submitterId === by.personId : this.submittedBy === by.accountId;
    if (!mine) throw reviewRefusals.notYourSubmission({ caseId: this.id });
    if (!this.can('withdraw')) throw reviewRefusals.notWithdrawable({ caseId: this.id, stage: this.stage });
    if (this.openedAt) throw reviewRefusals.alreadyOpened({ caseId: this.id });
    this.move('withdraw');
  }

  /** 由教育行政部门直接审核: it turned out that nobody at the school may review. */
  skipSchool(): void {
    this.move('skipSchool');
    this.schoolSkipped = true;
  }

  /** A mended submission takes its place. False when the case is over anyway. */
  supersede(): boolean {
    return this.moveIfItCan('supersede');
  }

  /** 问题数据: records found other content when it applied the decision. */
  conflict(): boolean {
    return this.moveIfItCan('conflict');
  }

  mayDecide(by: Caller): boolean {
    return (
      stages[this.stage].awaits !== undefined &&
      this.turnOrgPath === by.orgPath &&
      this.turnRole === by.role &&
      !this.contributors.includes(by.personId) &&
      !this.heldBy
    );
  }

  private can(verb: CaseVerb): boolean {
    return stages[this.stage].moves[verb] !== undefined;
  }

  private moveIfItCan(verb: CaseVerb): boolean {
    if (!this.can(verb)) return false;
    this.move(verb);
    return true;
  }

  private move(verb: CaseVerb): void {
    const next = stages[this.stage].moves[verb];
    if (!next) throw reviewRefusals.notAwaiting({ caseId: this.id, stage: this.stage });
    this.stage = next;
    this.movedAt = new Date();
    this.version += 1;
    this.claimedBy = undefined;
    this.claimedUntil = undefined;
    this.takeTurn();
  }

  private takeTurn(): void {
    const turn = turnOf(this.kind, this.stage);
    this.turnOrgPath = turn && (turn.at === 'school' ? this.orgPath : authorityOf(this.orgPath));
    this.turnRole = turn && (turn.role === 'filler' ? this.submitterRole : turn.role);
  }
}

/** A school's education authority is its parent in the tree: the city of a city-run school. */
export function authorityOf(schoolPath: string): string {
  const parent = parentPath(schoolPath);
  if (!parent) throw new Error('a school hangs under an education authority');
  return parent;
}
