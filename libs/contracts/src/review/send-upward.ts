import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
} from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';

/** 报送: the school hands what it has approved to its education authority. */
export class SendUpward {
  /** All approved cases of the school when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2000)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  caseIds?: string[];
}

export const receiptForm = /^\d{6}-\d{10}-\d{8}-\d{4,}$/;

/** 报送回执: `<authority>-<school>-<day>-<number of the day>`. */
export class SubmissionReceipt {
  @Matches(receiptForm) receipt!: string;
  @Matches(organisationCodeForm) organisation!: string;
  @Matches(organisationCodeForm) authority!: string;
  @IsInt() count!: number;
  /** HMAC over the content hashes of the cases, hex: shows later what exactly was handed over. */
  @IsString() contentHash!: string;
  @IsISO8601() sentAt!: string;
  @IsUUID() sentBy!: string;
  @IsUUID(undefined, { each: true }) caseIds!: string[];
}

export const sendUpward = request('review.submission.send-upward', {
  permission: 'review.submitUpward',
  effect: 'write',
  request: SendUpward,
  reply: SubmissionReceipt,
});

export class ReadReceipt {
  @Matches(receiptForm) receipt!: string;
}

export const readReceipt = request('review.submission.read', {
  permission: 'review.read',
  effect: 'read',
  request: ReadReceipt,
  reply: SubmissionReceipt,
});
