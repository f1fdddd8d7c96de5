import type { Section } from '../section';

export const overseas = {
  key: 'overseas',
  zhName: '海外研修(访学)',
  en: 'Study abroad',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['startDate', 'project'],
  // prettier-ignore
  indicators: [
    { key: 'hasOverseas', zhName: '是否有海外研修(访学)经历', en: 'Has studied abroad', type: 'code', codeTable: 'yesNo' },
    { key: 'startDate', zhName: '开始日期', en: 'Start', type: 'date', required: true, emptyWhen: 'hasOverseas==0', example: '2014-07-01' },
    { key: 'endDate', zhName: '结束日期', en: 'End', type: 'date', required: true, emptyWhen: 'hasOverseas==0', notBefore: 'startDate', example: '2014-08-31', note: '>= startDate' },
    { key: 'country', zhName: '国家(地区)', en: 'Country or region', type: 'code', codeTable: 'country', required: true, emptyWhen: 'hasOverseas==0', example: '826-英国' },
    { key: 'institution', zhName: '研修(访学)机构名称', en: 'Institution', type: 'string', emptyWhen: 'hasOverseas==0', maxLength: 100 },
    { key: 'project', zhName: '项目名称', en: 'Programme', type: 'string', required: true, emptyWhen: 'hasOverseas==0', maxLength: 100, example: '英语教师暑期研修' },
    { key: 'organizer', zhName: '项目组织单位名称', en: 'Organised by', type: 'string', emptyWhen: 'hasOverseas==0', maxLength: 100 },
  ],
} as const satisfies Section;
