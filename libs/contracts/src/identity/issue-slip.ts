import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { ActivationSlip } from './fields';

/** A new slip voids the old one; for an active account it is a reset: its password and sessions end now. */
export class IssueSlip {
  @IsUUID() accountId!: string;
}

export const issueSlip = request('identity.slip.issue', {
  permission: 'account.issue',
  effect: 'write',
  request: IssueSlip,
  reply: ActivationSlip,
  replay: 'never',
});

/** For a staff room full of teachers: at most 200 at a time, one that is not the caller's refuses all. */
export class IssueSlips {
  @ArrayMinSize(1) @ArrayMaxSize(200) @ArrayUnique() @IsUUID(undefined, { each: true }) accountIds!: string[];
}

export class SlipsIssued {
  @ValidateNested({ each: true }) @Type(() => ActivationSlip) slips!: ActivationSlip[];
}

export const issueSlips = request('identity.slip.issue-list', {
  permission: 'account.issue',
  effect: 'write',
  request: IssueSlips,
  reply: SlipsIssued,
  replay: 'never',
});
