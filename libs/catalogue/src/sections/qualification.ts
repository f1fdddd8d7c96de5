import type { Section } from '../section';

export const qualification = {
  key: 'qualification',
  zhName: '教师资格',
  en: 'Teaching qualifications',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['type', 'certNo'],
  // prettier-ignore
  indicators: [
    { key: 'type', zhName: '教师资格证种类', en: 'Type of qualification', type: 'code', codeTable: 'qualification', required: true, example: '2-小学教师资格' },
    { key: 'certNo', zhName: '教师资格证号码', en: 'Certificate number', type: 'string', requiredWhen: 'type!=0', emptyWhen: 'type==0', maxLength: 20, form: 'certificate', example: '20163311122000001', note: '17 digits since 2008 (shorter before)' },
    { key: 'subject', zhName: '任教学科', en: 'Subject', type: 'string', requiredWhen: 'type!=0', emptyWhen: 'type==0', maxLength: 30, example: '语文' },
    { key: 'issueDate', zhName: '证书颁发日期', en: 'Issued on', type: 'date', requiredWhen: 'type!=0', emptyWhen: 'type==0', past: true, example: '2007-07-01' },
    { key: 'issuer', zhName: '颁发机构', en: 'Issued by', type: 'string', emptyWhen: 'type==0', maxLength: 60 },
    { key: 'firstRegDate', zhName: '首次注册日期', en: 'First registered on', type: 'date', fillableBy: 'school', readOnly: true },
    { key: 'firstRegResult', zhName: '首次注册结论', en: 'First registration result', type: 'code', codeTable: 'registrationResult', fillableBy: 'school', readOnly: true },
    { key: 'periodicRegDate', zhName: '定期注册日期', en: 'Periodic registration on', type: 'date', fillableBy: 'school', readOnly: true },
    { key: 'periodicRegResult', zhName: '定期注册结论', en: 'Periodic registration result', type: 'code', codeTable: 'registrationResult', fillableBy: 'school', readOnly: true },
  ],
} as const satisfies Section;
