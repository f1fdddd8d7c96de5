import type { Section } from '../section';

/** Entered from the present state onward, history not required. Public deployment notices put 岗位聘任 with the school-only subsets; some self-service guides let the teacher enter it - make it a switch. */
export const post = {
  key: 'post',
  zhName: '岗位聘任',
  en: 'Post appointments',
  fillableBy: 'school',
  multiRecord: true,
  atLeastOneRecord: true,
  identifiedBy: ['startMonth', 'postCategory'],
  // prettier-ignore
  indicators: [
    { key: 'postCategory', zhName: '岗位类别', en: 'Post category', type: 'code', codeTable: 'postCategory', required: true, example: '11-教师岗位' },
    { key: 'postLevel', zhName: '岗位等级', en: 'Post level', type: 'code', codeTable: 'postLevel', required: true, levelOf: 'postCategory', example: '110-专业技术岗位十级', note: 'cascades from postCategory' },
    { key: 'startMonth', zhName: '聘任开始年月', en: 'Appointed from (month)', type: 'month', required: true, example: '2015-09' },
    { key: 'hasConcurrent', zhName: '是否兼任其他岗位', en: 'Holds a concurrent post', type: 'code', codeTable: 'yesNo' },
    { key: 'concurrentCategory', zhName: '兼任岗位类别', en: 'Concurrent post category', type: 'code', codeTable: 'postCategory', requiredWhen: 'hasConcurrent==1', emptyWhen: 'hasConcurrent==0', differsFrom: 'postCategory', note: 'must differ from postCategory' },
    { key: 'concurrentLevel', zhName: '兼任岗位等级', en: 'Concurrent post level', type: 'code', codeTable: 'postLevel', requiredWhen: 'hasConcurrent==1', emptyWhen: 'hasConcurrent==0', levelOf: 'concurrentCategory', note: 'cascades from concurrentCategory' },
    { key: 'duty', zhName: '校级职务', en: 'School duty', type: 'code', codeTable: 'schoolDuty', multiValue: true, required: true, default: '00', alone: '00', note: '00 excludes others' },
    { key: 'dutyStartMonth', zhName: '任职开始年月', en: 'Duty since (month)', type: 'month', emptyWhen: 'duty==00', note: 'disabled when duty=00' },
  ],
} as const satisfies Section;
