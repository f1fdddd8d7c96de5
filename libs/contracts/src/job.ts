import { IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID } from 'class-validator';

/** What runs longer than a request may. Each kind belongs to one service, whose table says how far it is. */
export const jobKinds = ['review-batch', 'import', 'export'] as const;
export type JobKind = (typeof jobKinds)[number];

export const jobStates = ['running', 'held', 'done', 'undone', 'stopped'] as const;
/** `held`: ready, and taken back by one request until `heldUntil`. The last three are the end. */
export type JobState = (typeof jobStates)[number];

export const isOver = (state: JobState): boolean => state !== 'running' && state !== 'held';

/** How far a job is; what it made is read at `result`. */
export class JobView {
  @IsUUID() id!: string;
  @IsIn(jobKinds) kind!: JobKind;
  @IsIn(jobStates) state!: JobState;
  /** What it does now, a word of its kind: `holding`, `releasing`. */
  @IsOptional() @IsString() step?: string;
  @IsInt() total!: number;
  /** Of the step it is in. */
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
