import type { Section } from '../section';

/** School/department only (seed). */
export const proTitle = {
  key: 'proTitle',
  zhName: '专业技术职务聘任',
  en: 'Professional title appointments',
  fillableBy: 'school',
  multiRecord: true,
  atLeastOneRecord: true,
  identifiedBy: ['title', 'startMonth'],
  organisationOnly: true,
  periods: { start: 'startMonth', end: 'endMonth' },
  // prettier-ignore
  indicators: [
    { key: 'title', zhName: '聘任专业技术职务', en: 'Professional title', type: 'code', codeTable: 'proTitle', required: true, example: 'K30-中小学一级教师' },
    { key: 'startMonth', zhName: '聘任开始年月', en: 'Appointed from (month)', type: 'month', requiredWhen: 'title!=0', emptyWhen: 'title==0', example: '2013-09' },
    { key: 'endMonth', zhName: '聘任结束年月', en: 'Appointed until (month)', type: 'month', emptyWhen: 'title==0', after: 'startMonth', openEnd: true, note: '> startMonth; blank = present' },
    { key: 'employer', zhName: '聘任单位名称', en: 'Appointing unit', type: 'string', emptyWhen: 'title==0', maxLength: 150, example: '丽水市实验学校' },
  ],
} as const satisfies Section;
