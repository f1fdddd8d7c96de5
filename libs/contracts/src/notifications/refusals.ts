import { refusal } from '../refusal';

export const notificationsRefusals = {
  noticeNotFound: refusal('notifications.notice_not_found', 'not_found', '没有找到该通知', 'No such notice'),
};
