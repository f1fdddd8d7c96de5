import { Type } from 'class-transformer';
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
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark, PageQuery } from '../page';

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

export class ListReceipts extends PageQuery {
  /** Of this organisation and those below. */
  @IsOptional() @Matches(organisationCodeForm) organisation?: string;
}

/** A receipt without its cases. */
export class ReceiptSummary {
  @Matches(receiptForm) receipt!: string;
  @Matches(organisationCodeForm) organisation!: string;
  @IsOptional() @IsString() organisationName?: string;
  @Matches(organisationCodeForm) authority!: string;
  @IsOptional() @IsString() authorityName?: string;
  @IsInt() count!: number;
  @IsString() contentHash!: string;
  @IsISO8601() sentAt!: string;
  @IsUUID() sentBy!: string;
  @IsOptional() @IsString() sentByName?: string;
}

export class ReceiptPage {
  @ValidateNested({ each: true }) @Type(() => ReceiptSummary) items!: ReceiptSummary[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

/** 报送回执, newest first. */
export const listReceipts = request('review.submission.list', {
  permission: 'review.read',
  effect: 'read',
  request: ListReceipts,
  reply: ReceiptPage,
});
