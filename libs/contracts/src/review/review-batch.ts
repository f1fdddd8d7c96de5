import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { MarkedValue, verdicts, type Verdict } from './case-view';

/** One case of a batch with the content its reviewer saw. */
export class BatchedCase {
  @IsUUID() caseId!: string;
  @IsString() @Length(64, 64) contentHash!: string;
}

/** Either the cases themselves, or a selection of them. */
export class CreateReviewBatch {
  @IsOptional() @IsUUID() selectionId?: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique((item: BatchedCase) => item.caseId)
  @ValidateNested({ each: true })
  @Type(() => BatchedCase)
  cases?: BatchedCase[];
  @IsIn(verdicts) verdict!: Verdict;
  /** Of a return: the sections every one of them has to mend, with reason and words. A mark on one row is made singly. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => MarkedValue)
  marks?: MarkedValue[];
}

/** A case the batch does not decide, with the refusal a single decision would have met. */
export class SkippedCase {
  @IsUUID() caseId!: string;
  @IsString() code!: string;
  @IsString() detail!: string;
  @IsString() detailEn!: string;
}

export const batchStates = ['holding', 'held', 'releasing', 'released', 'undone', 'stopped'] as const;
/** `holding`, `releasing`: a job goes through the cases. `stopped`: the reviewer no longer had the post; nothing more was decided. */
export type BatchState = (typeof batchStates)[number];

/** A batch of up to 200 cases is held when it is answered; a larger one is `holding` first. */
export class ReviewBatchView {
  @IsUUID() id!: string;
  @IsIn(batchStates) state!: BatchState;
  @IsIn(verdicts) verdict!: Verdict;
  @IsInt() total!: number;
  /** Not skipped: decided at release; those of a held batch can still be undone. */
  @IsInt() count!: number;
  /** Decided so far. */
  @IsInt() decided!: number;
  @IsInt() skippedCount!: number;
  /** The first 200 of `count`, by id. */
  @IsUUID(undefined, { each: true }) caseIds!: string[];
  /** The first 200; all of them: the items of the batch. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => SkippedCase) skipped!: SkippedCase[];
  @IsISO8601() createdAt!: string;
  @IsISO8601() releaseAt!: string;
  @IsOptional() @IsISO8601() closedAt?: string;
  /** Refusal code, when stopped. */
  @IsOptional() @IsString() stoppedBy?: string;
}

/** Held for ten minutes (setting BATCH_HOLD_SECONDS) before its decisions count. A job: `GET /jobs/{id}` says how far it is. */
export const createReviewBatch = request('review.batch.create', {
  permission: 'review.decide',
  effect: 'write',
  request: CreateReviewBatch,
  reply: ReviewBatchView,
});

export class ReviewBatchRef {
  @IsUUID() batchId!: string;
}

export const readReviewBatch = request('review.batch.read', {
  permission: 'review.decide',
  effect: 'read',
  request: ReviewBatchRef,
  reply: ReviewBatchView,
});

/** Before release only; the cases wait for a decision again. */
export const undoReviewBatch = request('review.batch.undo', {
  permission: 'review.decide',
  effect: 'write',
  request: ReviewBatchRef,
  reply: ReviewBatchView,
});

/** Now instead of at `releaseAt`. Each case is checked once more like a single decision. */
export const releaseReviewBatch = request('review.batch.release', {
  permission: 'review.decide',
  effect: 'write',
  request: ReviewBatchRef,
  reply: ReviewBatchView,
});

export const batchResults = ['waiting', 'held', 'decided', 'skipped', 'undone'] as const;
export type BatchResult = (typeof batchResults)[number];

export class ListBatchItems extends PageQuery {
  @IsUUID() batchId!: string;
  @IsOptional() @IsIn(batchResults) result?: BatchResult;
}

/** What became of one case; code and words are those of the refusal that skipped it. */
export class BatchItemView {
  @IsUUID() caseId!: string;
  @IsIn(batchResults) result!: BatchResult;
  @IsOptional() @IsUUID() teacherId?: string;
  @IsOptional() @IsString() teacherName?: string;
  @IsOptional() @IsString() organisationName?: string;
  @IsOptional() @IsString() code?: string;
  @IsOptional() @IsString() detail?: string;
  @IsOptional() @IsString() detailEn?: string;
}

export class BatchItemPage {
  @ValidateNested({ each: true }) @Type(() => BatchItemView) items!: BatchItemView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** One result per case. */
export const listBatchItems = request('review.batch.items', {
  permission: 'review.decide',
  effect: 'read',
  request: ListBatchItems,
  reply: BatchItemPage,
});

export class ListReviewBatches extends PageQuery {}

export class ReviewBatchSummary {
  @IsUUID() id!: string;
  @IsIn(batchStates) state!: BatchState;
  @IsIn(verdicts) verdict!: Verdict;
  @IsInt() total!: number;
  @IsInt() count!: number;
  @IsInt() skippedCount!: number;
  @IsISO8601() createdAt!: string;
  @IsISO8601() releaseAt!: string;
}

export class ReviewBatchPage {
  @ValidateNested({ each: true }) @Type(() => ReviewBatchSummary) items!: ReviewBatchSummary[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** The caller's own, newest first: what was left running is found again. */
export const listReviewBatches = request('review.batch.list', {
  permission: 'review.decide',
  effect: 'read',
  request: ListReviewBatches,
  reply: ReviewBatchPage,
});
