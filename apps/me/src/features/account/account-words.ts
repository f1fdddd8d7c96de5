import { defineWords } from '@shidang/web-kit';

export const accountWords = defineWords('account', {
  password: ['修改密码', 'Change the password'],
  history: ['我的信息变更历史', 'History of my record'],
  viewers: ['谁查看过我的敏感信息', 'Who looked at my sensitive values'],
  corrections: ['我请学校更正的', 'What I asked the school to correct'],
  ownFile: ['下载本人档案', 'Download my file'],
  ownFileHint: [
    '表格文件，含证件号码等全部内容；下载有记录。公用设备请勿下载。',
    'A workbook with everything, numbers in full; each download is on record. Not for shared devices.',
  ],
  large: ['大字版（长辈版）', 'Large text'],
  largeHint: ['文字和按钮更大', 'Bigger words and buttons'],
  logOutLead: ['退出后，本机不再保留您填写的内容。', 'After logging out nothing you typed stays on this device.'],
  personal: ['这是我自己的手机', 'This phone is mine alone'],
  personalHint: [
    '没有网络也能打开、填写，号码等敏感内容也暂存本机，退出登录即清除。公用设备请勿打开。',
    'It opens and can be filled in without a connection; sensitive values wait on it too. Logging out clears it. Not for shared devices.',
  ],
});
