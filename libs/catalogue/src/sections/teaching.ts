import type { Section } from '../section';

export const teaching = {
  key: 'teaching',
  zhName: '教育教学',
  en: 'Teaching',
  fillableBy: 'teacher',
  multiRecord: true,
  atLeastOneRecord: true,
  identifiedBy: ['schoolYear', 'term', 'stage', 'course', 'specialCourse', 'vocSubjectType'],
  // prettier-ignore
  indicators: [
    { key: 'schoolYear', zhName: '学年', en: 'School year', type: 'year', required: true, past: true },
    { key: 'term', zhName: '学期', en: 'Term', type: 'code', codeTable: 'term', required: true },
    { key: 'stage', zhName: '任教学段', en: 'Stage taught', type: 'code', codeTable: 'teachingStage', multiValue: true, required: true, schoolCategories: ['primarySecondary', 'special'], alone: '0', example: '2-小学', note: '0 excludes others and sets teachingStatus=10' },
    { key: 'teachingStatus', zhName: '任课状况', en: 'Teaching status', type: 'code', codeTable: 'teachingStatus', required: true, mustBe: { when: 'stage==0', code: '10' }, example: '20-任课' },
    { key: 'teachingStatusDesc', zhName: '任课状况为其他的具体说明', en: 'Other teaching status', type: 'string', requiredWhen: 'teachingStatus==99', emptyWhen: 'teachingStatus in (10,20)', maxLength: 50 },
    { key: 'course', zhName: '任教课程', en: 'Courses taught', type: 'code', codeTable: 'course.primarySecondary', multiValue: true, requiredWhen: 'teachingStatus==20', emptyWhen: 'teachingStatus==10', schoolCategories: ['primarySecondary'] },
    { key: 'specialCourse', zhName: '任教课程', en: 'Course taught', type: 'code', codeTable: 'course.special', requiredWhen: 'teachingStatus==20', emptyWhen: 'teachingStatus==10', schoolCategories: ['special'], note: 'required only when teachingStatus==20 would be more sensible' },
    { key: 'vocCourseType', zhName: '任课课程类别', en: 'Course type', type: 'code', codeTable: 'vocCourseType', requiredWhen: 'teachingStatus==20', emptyWhen: 'teachingStatus==10', schoolCategories: ['vocational'] },
    { key: 'vocSubjectType', zhName: '任课学科类别', en: 'Subject type', type: 'code', codeTable: 'vocSubjectType', requiredWhen: 'teachingStatus==20', emptyWhen: 'teachingStatus==10', schoolCategories: ['vocational'] },
    { key: 'weeklyHours', zhName: '平均每周课堂教学课时数', en: 'Weekly lessons', type: 'integer', requiredWhen: 'teachingStatus==20', emptyWhen: 'teachingStatus==10', max: 60 },
    { key: 'otherWork', zhName: '承担的其他工作', en: 'Other work', type: 'code', codeTable: 'otherWork.special', schoolCategories: ['special'] },
    { key: 'otherWeeklyHours', zhName: '平均每周其他工作折合课时数', en: 'Other work as weekly lessons', type: 'integer', max: 60 },
    { key: 'partTimeJob', zhName: '兼任工作', en: 'Part-time job', type: 'code', codeTable: 'partTimeJob' },
    { key: 'partTimeJobName', zhName: '兼任其他工作名称', en: 'Other part-time job', type: 'string', requiredWhen: 'partTimeJob==99', emptyWhen: 'partTimeJob==00', maxLength: 50 },
  ],
} as const satisfies Section;
