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

/** One case of a batch with the content its reviewer saw. */
export class BatchedCase {
  @IsUUID() caseId!: string;
  @IsString() @Length(64, 64) contentHash!: string;
}

export class CreateReviewBatch {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique((item: BatchedCase) => item.caseId)
  @ValidateNested({ each: true })
  @Type(() => BatchedCase)
  cases!: BatchedCase[];
  /** Returns need marks of their own and are never made in a batch. */
  @IsIn(['approve']) verdict!: 'approve';
}

/** A case the batch does not decide, with the refusal a single decision would have met. */
export class SkippedCase {
  @IsUUID() caseId!: string;
  @IsString() code!: string;
  @IsString() detail!: string;
  @IsString() detailEn!: string;
}

export const batchStates = ['held', 'released', 'undone', 'stopped'] as const;
/** `stopped`: at release the reviewer no longer had the post; nothing was decided. */
export type BatchState = (typeof batchStates)[number];

export class ReviewBatchView {
  @IsUUID() id!: string;
  @IsIn(batchStates) state!: BatchState;
  @IsIn(['approve']) verdict!: 'approve';
  /** Decided at release; those of a held batch can still be undone. */
  @IsInt() count!: number;
  @IsUUID(undefined, { each: true }) caseIds!: string[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SkippedCase) skipped!: SkippedCase[];
  @IsISO8601() createdAt!: string;
  @IsISO8601() releaseAt!: string;
  @IsOptional() @IsISO8601() closedAt?: string;
  /** Refusal code, when stopped. */
  @IsOptional() @IsString() stoppedBy?: string;
}

/** Held for ten minutes (setting BATCH_HOLD_SECONDS) before its decisions count. */
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
