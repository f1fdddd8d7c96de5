import { Type } from 'class-transformer';
import { tiers, type Tier } from '@shidang/access';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { PageMark, PageQuery } from '../page';
import { dayForm, turns, type Turn } from '../reporting/fields';
import { NoticeWords } from './list-notices';

/** actors: whoever's turn it is; organisations: who answers for the ticked organisations as a whole (逐级督办). */
export const urgingAudiences = ['actors', 'organisations'] as const;
export type UrgingAudience = (typeof urgingAudiences)[number];

/** held: until the quiet hours are over; climbed: the tier above was told that nobody answers; done: nothing is left to urge. */
export const urgingStages = ['held', 'sent', 'climbed', 'done'] as const;
export type UrgingStage = (typeof urgingStages)[number];

/** What is to be urged: organisations and the turns whose backlog is meant, all turns if absent (工作方案 五(四)). */
export class UrgingWish {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @Matches(organisationCodeForm, { each: true })
  organisations!: string[];
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(4) @ArrayUnique() @IsIn(turns, { each: true }) turns?: Turn[];
  @IsOptional() @IsIn(urgingAudiences) audience?: UrgingAudience;
  /** Words of the sender, beside what the system says about the backlog. */
  @IsOptional() @IsString() @Length(1, 500) words?: string;
  @IsOptional() @Matches(dayForm) dueOn?: string;
  /** 督办单: has to be answered; unanswered it climbs one tier. */
  @IsOptional() @IsBoolean() replyRequired?: boolean;
}

export class PreviewUrging extends UrgingWish {}
export class SendUrging extends UrgingWish {}

/** An organisation as an urging names it. */
export class UrgedOrganisation {
  @Matches(organisationCodeForm) code!: string;
  @IsString() name!: string;
  @IsIn(tiers) tier!: Tier;
}

/** What waits at one place: `n` when it was sent, `left` at the last check. */
export class UrgingPlace {
  @ValidateNested() @Type(() => UrgedOrganisation) organisation!: UrgedOrganisation;
  @IsIn(turns) turn!: Turn;
  @IsInt() n!: number;
  @IsInt() left!: number;
}

/** How many of one role will be told. */
export class UrgedRole {
  @IsString() role!: string;
  @IsInt() n!: number;
}

export class UrgingPreview {
  @IsInt() recipients!: number;
  @IsInt() backlog!: number;
  @ValidateNested({ each: true }) @Type(() => UrgingPlace) places!: UrgingPlace[];
  @ValidateNested({ each: true }) @Type(() => UrgedRole) roles!: UrgedRole[];
  /** Organisations with a backlog at which nobody has an account that could be told. */
  @ValidateNested({ each: true }) @Type(() => UrgedOrganisation) unreachable!: UrgedOrganisation[];
  /** What the first of them will read. */
  @IsOptional() @ValidateNested() @Type(() => NoticeWords) letter?: NoticeWords;
  @IsISO8601() deliverAt!: string;
  /** Not delivered now: quiet hours or a day of rest. */
  @IsBoolean() held!: boolean;
}

/** The reader's own copy of an urging. */
export class UrgingCopy {
  @IsISO8601() deliveredAt!: string;
  @IsOptional() @IsISO8601() readAt?: string;
  @IsOptional() @IsISO8601() repliedAt?: string;
  /** It reached the reader because somebody below did not answer. */
  @IsBoolean() climbed!: boolean;
}

/** 督办 as its sender and those above the sender see it, or as one of those it is addressed to. */
export class UrgingSummary {
  @IsUUID() id!: string;
  @ValidateNested() @Type(() => UrgedOrganisation) sender!: UrgedOrganisation;
  @IsIn(urgingStages) stage!: UrgingStage;
  @IsIn(urgingAudiences) audience!: UrgingAudience;
  @IsIn(turns, { each: true }) turns!: Turn[];
  @IsOptional() @IsString() words?: string;
  @IsOptional() @Matches(dayForm) dueOn?: string;
  @IsBoolean() replyRequired!: boolean;
  @IsISO8601() sentAt!: string;
  @IsISO8601() deliverAt!: string;
  @IsOptional() @IsISO8601() climbedAt?: string;
  @IsOptional() @IsISO8601() doneAt?: string;
  /** Over the places the reader may see. */
  @IsInt() backlog!: number;
  @IsInt() left!: number;
  @IsOptional() @IsISO8601() checkedAt?: string;
  /** Receipts: absent for somebody it is only addressed to. */
  @IsOptional() @IsInt() recipients?: number;
  @IsOptional() @IsInt() read?: number;
  @IsOptional() @IsInt() replied?: number;
  @IsOptional() @ValidateNested() @Type(() => UrgingCopy) mine?: UrgingCopy;
}

export class UrgingReply {
  @IsUUID() id!: string;
  @ValidateNested() @Type(() => UrgedOrganisation) organisation!: UrgedOrganisation;
  @IsString() role!: string;
  @IsString() words!: string;
  @IsISO8601() at!: string;
}

export class UrgingView extends UrgingSummary {
  @ValidateNested() @Type(() => NoticeWords) letter!: NoticeWords;
  /** Where most is left first, at most 200. */
  @ValidateNested({ each: true }) @Type(() => UrgingPlace) places!: UrgingPlace[];
  /** How many there are. */
  @IsInt() placeCount!: number;
  /** All of them for the sender, one's own otherwise; newest first, at most 200. */
  @ValidateNested({ each: true }) @Type(() => UrgingReply) replies!: UrgingReply[];
}

export class ListUrgings extends PageQuery {
  @IsIn(['sent', 'received']) box!: 'sent' | 'received';
  /** open: not done; unread and unanswered: of the reader's own copies. */
  @IsOptional() @IsIn(['open', 'unread', 'unanswered', 'done']) state?: 'open' | 'unread' | 'unanswered' | 'done';
}

export class UrgingPage {
  @ValidateNested({ each: true }) @Type(() => UrgingSummary) items!: UrgingSummary[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export class UrgingRef {
  @IsUUID() urgingId!: string;
}

export class AnswerUrging {
  @IsUUID() urgingId!: string;
  @IsString() @Length(2, 1000) words!: string;
}

export const receiptStates = ['unread', 'read', 'unanswered', 'answered'] as const;
export type ReceiptState = (typeof receiptStates)[number];

export class ListUrgingReceipts extends PageQuery {
  @IsUUID() urgingId!: string;
  @IsOptional() @IsIn(receiptStates) state?: ReceiptState;
}

/** Who was told and what came of it. The name is identity's; absent while identity does not answer. */
export class UrgingReceipt {
  @IsUUID() id!: string;
  @ValidateNested() @Type(() => UrgedOrganisation) organisation!: UrgedOrganisation;
  @IsString() role!: string;
  @IsOptional() @IsUUID() teacherId?: string;
  @IsOptional() @IsString() name?: string;
  @IsBoolean() climbed!: boolean;
  @IsOptional() @IsISO8601() deliveredAt?: string;
  @IsOptional() @IsISO8601() readAt?: string;
  @IsOptional() @IsISO8601() repliedAt?: string;
  @IsOptional() @IsString() reply?: string;
}

export class UrgingReceiptPage {
  @ValidateNested({ each: true }) @Type(() => UrgingReceipt) items!: UrgingReceipt[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const previewUrging = request('notifications.urging.preview', {
  permission: 'urge.send',
  effect: 'read',
  request: PreviewUrging,
  reply: UrgingPreview,
});

export const sendUrging = request('notifications.urging.send', {
  permission: 'urge.send',
  effect: 'write',
  request: SendUrging,
  reply: UrgingView,
});

export const listUrgings = request('notifications.urging.list', {
  permission: 'urge.read',
  effect: 'read',
  request: ListUrgings,
  reply: UrgingPage,
});

export const readUrging = request('notifications.urging.read', {
  permission: 'urge.read',
  effect: 'read',
  request: UrgingRef,
  reply: UrgingView,
});

/** By the sender and those above: read receipts 已读 and answers, one row per recipient. */
export const listUrgingReceipts = request('notifications.urging.list-receipts', {
  permission: 'urge.send',
  effect: 'read',
  request: ListUrgingReceipts,
  reply: UrgingReceiptPage,
});

/** The recipient has opened it: only this makes a receipt, marking notices as read does not. */
export const acknowledgeUrging = request('notifications.urging.acknowledge', {
  permission: 'urge.read',
  effect: 'write',
  request: UrgingRef,
  reply: UrgingSummary,
});

/** By a recipient; each answer is kept. */
export const answerUrging = request('notifications.urging.answer', {
  permission: 'urge.read',
  effect: 'write',
  request: AnswerUrging,
  reply: UrgingView,
});
