import type { Section } from '../section';

/** Rows from senior secondary (高中/中专) upward; a person below that level enters only the highest one. */
export const education = {
  key: 'education',
  zhName: '学习经历',
  en: 'Education',
  fillableBy: 'teacher',
  multiRecord: true,
  atLeastOneRecord: true,
  identifiedBy: ['educationLevel', 'enrollMonth'],
  // prettier-ignore
  indicators: [
    { key: 'educationLevel', zhName: '获得学历', en: 'Education obtained', type: 'code', codeTable: 'education', required: true, example: '21-大学本科毕业' },
    { key: 'educationCountry', zhName: '获得学历的国家(地区)', en: 'Country of education', type: 'code', codeTable: 'country', requiredWhen: 'educationLevel!=0', emptyWhen: 'educationLevel==0', default: '156' },
    { key: 'educationSchool', zhName: '获得学历的院校或机构', en: 'Institution of education', type: 'string', requiredWhen: 'educationLevel!=0', emptyWhen: 'educationLevel==0', maxLength: 100, example: '丽水学院' },
    { key: 'major', zhName: '所学专业', en: 'Major', type: 'string', requiredWhen: 'educationLevel!=0', emptyWhen: 'educationLevel==0', maxLength: 60, example: '小学教育', note: 'senior secondary: 无' },
    { key: 'isNormalMajor', zhName: '是否师范类专业', en: 'Teacher-training major', type: 'code', codeTable: 'yesNo', requiredWhen: 'educationLevel!=0', emptyWhen: 'educationLevel==0' },
    { key: 'enrollMonth', zhName: '入学年月', en: 'Enrolled (month)', type: 'month', requiredWhen: 'educationLevel!=0', emptyWhen: 'educationLevel==0', past: true, example: '2003-09' },
    { key: 'graduateMonth', zhName: '毕业年月', en: 'Graduated (month)', type: 'month', emptyWhen: 'educationLevel==0', past: true, notBefore: 'enrollMonth', example: '2007-06', note: '>= enrollMonth' },
    { key: 'degreeLevel', zhName: '学位层次', en: 'Degree level', type: 'code', codeTable: 'degreeLevel', required: true, example: '4-学士' },
    { key: 'degreeName', zhName: '学位名称', en: 'Degree', type: 'code', codeTable: 'degreeName', requiredWhen: 'degreeLevel!=0', emptyWhen: 'degreeLevel==0', parentIs: 'degreeLevel', example: '404-教育学学士学位', note: 'same level as degreeLevel' },
    { key: 'degreeCountry', zhName: '获得学位的国家(地区)', en: 'Country of degree', type: 'code', codeTable: 'country', requiredWhen: 'degreeLevel!=0', emptyWhen: 'degreeLevel==0', default: '156' },
    { key: 'degreeSchool', zhName: '获得学位的院校或机构', en: 'Institution of degree', type: 'string', requiredWhen: 'degreeLevel!=0', emptyWhen: 'degreeLevel==0', maxLength: 100, example: '丽水学院' },
    { key: 'degreeMonth', zhName: '学位授予年月', en: 'Degree conferred (month)', type: 'month', requiredWhen: 'degreeLevel!=0', emptyWhen: 'degreeLevel==0', past: true, example: '2007-06' },
    { key: 'studyMode', zhName: '学习方式', en: 'Mode of study', type: 'code', codeTable: 'studyMode', required: true },
    { key: 'institutionType', zhName: '在学单位类别', en: 'Type of institution', type: 'code', codeTable: 'institutionType' },
  ],
} as const satisfies Section;
