import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { Category } from '@shidang/catalogue';
import { recordsRefusals, type CaseStage, type Mark, type RecordStage, type SubmissionKind } from '@shidang/contracts';
import { Scoped } from '@shidang/persistence';

/** 一人一号: a person on file at one school, and how far his record has come. Content lies in entries. */
@Entity()
@Scoped({ path: 'orgPath', teacher: 'id' })
export class Teacher {
  @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'uuid' }) personId!: string;
  @Property({ type: 'text' }) orgPath!: string;
  @Property({ type: 'text' }) schoolCode!: string;
  @Property({ type: 'text' }) county!: string;
  @Property({ type: 'text' }) city!: string;
  @Property({ type: 'text' }) category!: Category;
  @Property({ type: 'text' }) name!: string;
  @Property({ type: 'text' }) sex!: string;
  @Property({ columnType: 'date', type: 'string' }) birthDate!: string;
  @Property({ type: 'text' }) docType!: string;
  @Property({ type: 'text' }) docSealed!: string;
  @Property({ type: 'text' }) docMasked!: string;
  @Property({ type: 'text' }) docBlind!: string;
  @Property({ type: 'text' }) codeSealed!: string;
  @Property({ type: 'text' }) codeMasked!: string;
  @Property({ type: 'text' }) codeForm!: 'G' | 'J' | 'L';
  @Property({ type: 'json', columnType: 'jsonb' }) codeAliases: string[] = [];
  @Property({ type: 'text' }) stage!: RecordStage;
  @Property({ type: 'uuid', nullable: true }) caseId?: string | null;
  @Property({ type: 'text', nullable: true }) caseStage?: CaseStage | null;
  @Property({ type: 'integer' }) caseVersion!: number;
  @Property({ type: 'timestamptz', nullable: true }) caseSince?: Date | null;
  @Property({ type: 'uuid', nullable: true }) lastSubmissionId?: string | null;
  @Property({ type: 'uuid', nullable: true }) lockedBy?: string | null;
  @Property({ type: 'json', columnType: 'jsonb', nullable: true }) openMarks?: Mark[] | null;
  @Property({ type: 'integer' }) version!: number;
  @Property({ type: 'integer' }) effectiveVersion!: number;
  @Property({ type: 'timestamptz' }) updatedAt!: Date;

  /** What a submission of this record is: the whole of it until it first takes effect, then what was added (工作方案 五(五)). */
  get nextKind(): Exclude<SubmissionKind, 'change'> {
    return this.effectiveVersion === 0 ? 'first' : 'addition';
  }

  /** From here on nobody writes until review has decided. Marks of an earlier return stay: a withdrawal falls back on them. */
  lockFor(submissionId: string): void {
    if (this.stage === 'left') throw recordsRefusals.hasLeft({});
    if (this.lockedBy) throw recordsRefusals.inReview({});
    this.lockedBy = submissionId;
    this.lastSubmissionId = submissionId;
    this.caseId = null;
    this.caseStage = null;
    this.caseVersion = 0;
    this.caseSince = null;
    if (this.stage !== 'effective') this.stage = 'complete';
    this.touch();
  }

  /** Only what the reviewer marked reopens; a return that marks nothing in particular reopens all. */
  reopen(submissionId: string, marks: readonly Mark[]): void {
    if (this.lockedBy !== submissionId) return;
    this.lockedBy = null;
    this.openMarks = marks.length > 0 ? [...marks] : null;
    this.touch();
  }

  /** Withdrawn by the submitter: as it was before the submission. */
  unlock(submissionId: string): void {
    if (this.lockedBy !== submissionId) return;
    this.lockedBy = null;
    this.touch();
  }

  takeEffect(): number {
    this.lockedBy = null;
    this.openMarks = null;
    this.stage = 'effective';
    this.effectiveVersion += 1;
    this.touch();
    return this.effectiveVersion;
  }

  /** An approved change request (工作方案 五(五)); a submission of added rows stays where it is. */
  takeChange(): number {
    this.effectiveVersion += 1;
    this.touch();
    return this.effectiveVersion;
  }

  /** Replicates where the case of the last submission stands; facts come in any order, the newest version stays. */
  follow(moved: { caseId: string; submissionId: string; stage: CaseStage; version: number; at: string }): void {
    if (moved.submissionId !== this.lastSubmissionId || moved.version <= this.caseVersion) return;
    this.caseId = moved.caseId;
    this.caseStage = moved.stage;
    this.caseVersion = moved.version;
    this.caseSince = new Date(moved.at);
    this.touch();
  }

  /** The code of the teacher from now on; the one before stays as an alias, never reused. */
  takeCode(code: { sealed: string; masked: string; form: 'G' | 'J' | 'L' }): void {
    this.codeAliases = [...this.codeAliases, this.codeSealed];
    this.codeSealed = code.sealed;
    this.codeMasked = code.masked;
    this.codeForm = code.form;
  }

  private touch(): void {
    this.version += 1;
    this.updatedAt = new Date();
  }
}
