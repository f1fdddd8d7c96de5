import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { Caller, Role } from '@shidang/access';
import type { Mark, MarkedValue, ReviewStepName, Verdict } from '@shidang/contracts';
import { newId, Scoped, type Vault } from '@shidang/persistence';
import type { ReviewCase } from './review-case.entity';

/** One decision with what it was bound to; written once. The words of a return live here and nowhere else. */
@Entity()
@Scoped({ path: 'orgPath', teacher: 'teacherId' })
export class CaseDecision {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'uuid' }) caseId: string;
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'uuid' }) teacherId: string;
  @Property({ type: 'text' }) step: ReviewStepName;
  @Property({ type: 'text' }) verdict: Verdict;
  @Property({ type: 'text' }) contentHash: string;
  @Property({ type: 'uuid', nullable: true }) batchId?: string;
  @Property({ type: 'uuid' }) accountId: string;
  @Property({ type: 'uuid' }) personId: string;
  @Property({ type: 'text' }) role: Role;
  @Property({ type: 'text' }) reviewerPath: string;
  @Property({ type: 'json', columnType: 'jsonb' }) marks: Mark[];
  /** Words of the marks in their order, sealed: a reviewer may quote what is wrong. */
  @Property({ type: 'text', nullable: true }) words?: string;
  @Property({ type: 'timestamptz' }) decidedAt: Date = new Date();

  constructor(
    on: ReviewCase,
    decision: { step: ReviewStepName; verdict: Verdict; marks: readonly MarkedValue[]; batchId?: string },
    by: Caller,
    vault: Vault,
  ) {
    this.caseId = on.id;
    this.orgPath = on.orgPath;
    this.teacherId = on.teacherId;
    this.contentHash = on.contentHash;
    this.step = decision.step;
    this.verdict = decision.verdict;
    this.batchId = decision.batchId;
    this.accountId = by.accountId;
    this.personId = by.personId;
    this.role = by.role;
    this.reviewerPath = by.orgPath;
    this.marks = decision.marks.map(coded);
    if (decision.marks.length > 0)
      this.words = vault.seal(JSON.stringify(decision.marks.map((mark) => mark.words)), placeOfWords(this.id));
  }
}

const placeOfWords = (row: string) => ({ table: 'case_decision', column: 'words', row });

/** Without the words: what events may carry. */
export const coded = ({ section, entryId, indicator, reason }: MarkedValue): Mark => ({
  section,
  reason,
  ...(entryId ? { entryId } : {}),
  ...(indicator ? { indicator } : {}),
});

/** Marks of a stored decision with their words again. */
export function markedValues(vault: Vault, row: { id: string; marks: Mark[]; words: string | null }): MarkedValue[] {
  return row.words ? wordsOf(row.marks, vault.open(row.words, placeOfWords(row.id))) : [];
}

/** Marks with the opened words that were kept in their order. */
export function wordsOf(marks: readonly Mark[], opened: string): MarkedValue[] {
  const words = JSON.parse(opened) as string[];
  return marks.map((mark, i) => ({ ...mark, words: words[i] ?? '' }));
}
