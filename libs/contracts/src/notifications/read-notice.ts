import { IsInt, IsUUID } from 'class-validator';
import { request } from '../contract';
import { Nothing } from '../page';

export class NoticeRef {
  @IsUUID() noticeId!: string;
}

export class NoticesRead {
  /** How many are marked by this call; an already read one counts 0. */
  @IsInt() marked!: number;
  @IsInt() unreadCount!: number;
}

export const readNotice = request('notifications.notice.read', {
  permission: 'notice.read',
  effect: 'write',
  request: NoticeRef,
  reply: NoticesRead,
});

export const readAllNotices = request('notifications.notice.read-all', {
  permission: 'notice.read',
  effect: 'write',
  request: Nothing,
  reply: NoticesRead,
});
