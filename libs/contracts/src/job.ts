import { IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID } from 'class-validator';

/** What runs longer than a request may. Each kind belongs to one service, whose table says how far it is. */
export const jobKinds = ['review-batch', 'import'] as const;
export type JobKind = (typeof jobKinds)[number];

export const jobStates = ['running', 'held', 'waiting', 'done', 'undone', 'stopped'] as const;
/**
 * `held`: ready, and taken back by one request until `heldUntil`. `waiting`: for its user, who says how it goes on. The last three are the end; what was
 * made may still be taken back, and then it runs once more.
 */
export type JobState = (typeof jobStates)[number];

export const isOver = (state: JobState): boolean => state === 'done' || state === 'undone' || state === 'stopped';

/** Nothing changes by itself: it is over, or its user has to go on. */
export const isStill = (state: JobState): boolean => isOver(state) || state === 'waiting';

/** How far a job is; what it made is read at `result`. */
export class JobView {
  @IsUUID() id!: string;
  @IsIn(jobKinds) kind!: JobKind;
  @IsIn(jobStates) state!: JobState;
  /** What it does or waits for now, a word of its kind: `holding`, `releasing`; `reading`, `matching`, `checking`, `checked`, `committing`, `undoing`. */
  @IsOptional() @IsString() step?: string;
  /** Of the step it is in; 0 while it is not known yet. */
  @IsInt() total!: number;
  /** Of the step it is in: what is written down, never an estimate. */
  @IsInt() done!: number;
  @IsInt() skipped!: number;
  /** Path of the result, below the prefix of the API. */
  @IsString() result!: string;
  @IsISO8601() createdAt!: string;
  @IsOptional() @IsISO8601() heldUntil?: string;
  @IsOptional() @IsISO8601() endedAt?: string;
  /** Refusal code, when stopped. */
  @IsOptional() @IsString() stoppedBy?: string;
}

export class ReadJob {
  @IsUUID() jobId!: string;
}
