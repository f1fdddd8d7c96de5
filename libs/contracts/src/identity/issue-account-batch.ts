import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { roles, type Role } from '@shidang/access';
import { request } from '../contract';
import { ActivationSlip, organisationCodeForm } from './fields';

/** One cell of the matrix organisations × roles. */
export class AccountBatchCell {
  @Matches(organisationCodeForm) organisation!: string;
  @IsIn(roles) role!: Role;
}

/** 逐级分发: tick organisations, one account of the role each. At most 500 at a time. */
export class AccountBatch {
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @Matches(organisationCodeForm, { each: true })
  organisations!: string[];
  @IsIn(roles) role!: Role;
  /** Of other roles, issued or refused together with the rest. */
  @IsOptional()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AccountBatchCell)
  also?: AccountBatchCell[];
}

export const batchOutcomes = ['issue', 'exists'] as const;

export class AccountBatchRow {
  @Matches(organisationCodeForm) organisation!: string;
  @IsString() organisationName!: string;
  @IsIn(roles) role!: Role;
  /** `exists`: somebody holds the role there already and is skipped (已存在将跳过). */
  @IsIn(batchOutcomes) outcome!: (typeof batchOutcomes)[number];
}

export class AccountBatchPreview {
  @ValidateNested({ each: true }) @Type(() => AccountBatchRow) rows!: AccountBatchRow[];
  @IsInt() toIssue!: number;
  @IsInt() skipped!: number;
}

export class AccountBatchIssued {
  @ValidateNested({ each: true }) @Type(() => ActivationSlip) slips!: ActivationSlip[];
  @ValidateNested({ each: true }) @Type(() => AccountBatchRow) skipped!: AccountBatchRow[];
}

/** One organisation that is not the caller's to issue refuses the whole batch. */
export const previewAccountBatch = request('identity.account-batch.preview', {
  permission: 'account.issue',
  effect: 'read',
  request: AccountBatch,
  reply: AccountBatchPreview,
});

export const issueAccountBatch = request('identity.account-batch.issue', {
  permission: 'account.issue',
  effect: 'write',
  lane: 'bulk',
  request: AccountBatch,
  reply: AccountBatchIssued,
  replay: 'never',
});
