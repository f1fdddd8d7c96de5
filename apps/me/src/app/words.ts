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
  elsewhereTitle: ['请在电脑端办理', 'For a computer'],
  elsewhere: [
    '您的岗位（{{post}}）在电脑端办理。',
    'The work of your post ({{post}}) is done in the console, on a computer.',
  ],
  toConsole: ['打开管理端', 'Open the console'],
  noConnection: ['没有网络', 'No connection'],
  noConnectionLead: [
    '现在打不开：档案内容不存在本机（“我的”里说过“这是我自己的手机”的除外）。',
    'It cannot be opened now: the record is not kept on this device, unless you said under “Me” that it is yours alone.',
  ],
  noConnectionKept: [
    '没有保存的填写留在本机，连上网络后自动继续；号码类内容不存本机，需要重新填写。',
    'What you typed and was not saved is kept here and goes on by itself; numbers are not kept and have to be typed again.',
  ],
  failedLead: ['页面没有打开，请重新载入。', 'The page did not open: load it again.'],
  logOutAsk: ['有 {{count}} 处没有保存', '{{count}} things are not saved', '1 thing is not saved'],
  logOutLoses: ['现在退出，这些内容就没有了。', 'If you log out now they are lost.'],
  logOutSee: ['去看看', 'Show me'],
  logOutAnyway: ['仍然退出', 'Log out anyway'],
});
