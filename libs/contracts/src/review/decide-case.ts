import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { CaseSummary, MarkedValue, verdicts, type Verdict } from './case-view';

export class DecideCase {
  @IsUUID() caseId!: string;
  @IsIn(verdicts) verdict!: Verdict;
  /** What the reviewer saw; a decision on other content is a conflict. */
  @IsString() @Length(64, 64) contentHash!: string;
  /** Each value to mend with reason and words; only these reopen. A return without any is refused. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => MarkedValue)
  marks?: MarkedValue[];
}

/** Needs If-Match with the case's etag. The principal decides the school's step, the authority's information administrator the second. */
export const decideCase = request('review.case.decide', {
  permission: 'review.decide',
  effect: 'write',
  request: DecideCase,
  reply: CaseSummary,
});
