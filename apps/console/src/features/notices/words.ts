import { defineWords } from '@shidang/web-kit';

export const words = defineWords('notices', {
  notices: ['通知', 'Notices'],
  show: ['显示', 'Show'],
  all: ['全部', 'All'],
  unread: ['未读', 'Unread'],
  readAll: ['全部标为已读', 'Mark all as read'],
  allRead: ['已全部标为已读', 'All marked as read'],
  markRead: ['标为已读', 'Mark as read'],
  open: ['查看', 'Open'],
  empty: ['没有通知', 'No notices'],
  emptyNext: ['有事项轮到您办理时会在这里通知', 'You are told here when something waits for you'],
  at: ['时间', 'When'],
  what: ['内容', 'What'],
});
