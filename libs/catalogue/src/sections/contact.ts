import type { Section } from '../section';

export const contact = {
  key: 'contact',
  zhName: '联系方式',
  en: 'Contact details',
  fillableBy: 'teacher',
  // prettier-ignore
  indicators: [
    { key: 'address', zhName: '通讯地址', en: 'Address', type: 'string', sensitive: true, maxLength: 200, form: 'address' },
    { key: 'phone', zhName: '联系电话', en: 'Telephone', type: 'string', sensitive: true, maxLength: 20, form: 'phone', example: '0578-1234567' },
    { key: 'mobile', zhName: '手机', en: 'Mobile phone', type: 'string', sensitive: true, maxLength: 11, form: 'mobile', example: '13900000000', note: '11 digits; higher-education version requires it; needed for password recovery - we suggest required' },
    { key: 'email', zhName: 'Email', en: 'E-mail', type: 'string', sensitive: true, maxLength: 100, form: 'email', example: 'zhou@example.cn', note: 'used by the real system for self-service password recovery, once a day' },
    { key: 'other', zhName: '其他联系方式', en: 'Other contact', type: 'string', sensitive: true, maxLength: 200 },
  ],
} as const satisfies Section;
