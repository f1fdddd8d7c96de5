import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsISO8601, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { CaseFilter } from './list-cases';

/** Everything that meets the filter of the list, beyond the page. */
export class SelectCases {
  @IsDefined() @ValidateNested() @Type(() => CaseFilter) filter!: CaseFilter;
}

/** Membership is fixed: what comes to meet the filter later is not in it, and each case is in it with the content it had. */
export class SelectionView {
  @IsUUID() id!: string;
  @IsInt() count!: number;
  @IsISO8601() expiresAt!: string;
}

export const mostSelected = 5_000;

/** Of the caller's account and post alone, for an hour. */
export const selectCases = request('review.selection.make', {
  permission: 'review.decide',
  effect: 'write',
  lane: 'bulk',
  request: SelectCases,
  reply: SelectionView,
});
