import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
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
import { noticeKinds, type NoticeKind } from './notice-kinds';

/** Newest first. */
export class ListNotices extends PageQuery {
  @IsOptional() @IsIn(['true', 'false']) unread?: 'true' | 'false';
}

/** Chinese first; never a person's name: whom it is about is asked from records by id. */
export class NoticeWords {
  @IsString() zh!: string;
  @IsString() en!: string;
}

/** 通知 of one account. What happens again before it is read is counted into it. */
export class NoticeView {
  @IsUUID() id!: string;
  @IsIn(noticeKinds) kind!: NoticeKind;
  @ValidateNested() @Type(() => NoticeWords) words!: NoticeWords;
  /** How many events are merged in it. */
  @IsInt() count!: number;
  /** The organisation it is about. */
  @Matches(organisationCodeForm) organisation!: string;
  /** The latest case, teacher or report it is about. */
  @IsOptional() @IsUUID() caseId?: string;
  @IsOptional() @IsUUID() teacherId?: string;
  @IsOptional() @IsUUID() reportId?: string;
  /** The latest urging: where several are merged, the received ones are listed. */
  @IsOptional() @IsUUID() urgingId?: string;
  @IsOptional() @Matches(/^\d{4}-\d{2}$/) month?: string;
  @IsBoolean() read!: boolean;
  @IsISO8601() at!: string;
}

export class NoticePage {
  @ValidateNested({ each: true }) @Type(() => NoticeView) items!: NoticeView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
  @IsInt() unreadCount!: number;
}

export const listNotices = request('notifications.notice.list', {
  permission: 'notice.read',
  effect: 'read',
  request: ListNotices,
  reply: NoticePage,
});
