import type { Section } from '../section';

export const work = {
  key: 'work',
  zhName: '工作经历',
  en: 'Work history',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['startMonth', 'employer'],
  periods: { start: 'startMonth', end: 'endMonth', openOnly: 'latest' },
  // prettier-ignore
  indicators: [
    { key: 'employer', zhName: '任职单位名称', en: 'Employer', type: 'string', required: true, maxLength: 100, example: '丽水市实验学校' },
    { key: 'startMonth', zhName: '任职开始年月', en: 'Start (month)', type: 'month', required: true, past: true, example: '2007-08' },
    { key: 'endMonth', zhName: '任职结束年月', en: 'End (month)', type: 'month', notBefore: 'startMonth', openEnd: true, note: 'blank = to date, only in the latest row; >= startMonth (one implementation demands a value)' },
    { key: 'unitNature', zhName: '单位性质类别', en: 'Nature of employer', type: 'code', codeTable: 'unitNature', required: true },
    { key: 'position', zhName: '任职岗位', en: 'Position', type: 'string', required: true, maxLength: 50, example: '语文教师' },
  ],
} as const satisfies Section;
