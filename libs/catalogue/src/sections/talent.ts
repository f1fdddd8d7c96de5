import type { Section } from '../section';

export const talent = {
  key: 'talent',
  zhName: '入选人才项目',
  en: 'Talent programmes',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['project', 'year'],
  // prettier-ignore
  indicators: [
    { key: 'project', zhName: '入选人才项目名称', en: 'Programme', type: 'code', codeTable: 'talentProject', required: true, example: '11-特级教师' },
    { key: 'year', zhName: '入选年份', en: 'Year selected', type: 'year', requiredWhen: 'project!=0', emptyWhen: 'project==0', past: true },
  ],
} as const satisfies Section;
