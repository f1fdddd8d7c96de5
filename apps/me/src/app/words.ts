import { defineWords, doorTexts } from '@shidang/web-kit';

export const words = defineWords('me', {
  ...doorTexts,
  lead: ['教师信息，本人填报', 'Your own record'],
  showPassword: ['显示密码', 'Show the password'],
  back: ['返回', 'Back'],
  notices: ['通知', 'Notices'],
  noticesUnread: ['通知，{{count}} 条未读', 'Notices, {{count}} unread'],
  account: ['我的', 'Me'],
  language: ['语言', 'Language'],
  goHome: ['回到首页', 'Go to the start'],
  elsewhere: [
    '您的岗位（{{post}}）在电脑端办理。',
    'The work of your post ({{post}}) is done in the console, on a computer.',
  ],
  toConsole: ['打开管理端', 'Open the console'],
  noConnection: ['没有网络', 'No connection'],
  failedLead: ['页面没有打开。已填写的内容都在。', 'The page did not open. What you typed is kept.'],
});
