import type { Section } from '../section';

export const training = {
  key: 'training',
  zhName: '国内培训',
  en: 'Training in China',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['year', 'project'],
  // prettier-ignore
  indicators: [
    { key: 'year', zhName: '培训年度', en: 'Year of training', type: 'year', required: true, past: true },
    { key: 'type', zhName: '培训类别', en: 'Type of training', type: 'code', codeTable: 'trainType', required: true },
    { key: 'project', zhName: '培训项目名称', en: 'Training programme', type: 'string', required: true, maxLength: 100, example: '“互联网+”教师素养提升' },
    { key: 'organizer', zhName: '培训机构名称', en: 'Training provider', type: 'string', maxLength: 100 },
    { key: 'mode', zhName: '培训方式', en: 'Mode of training', type: 'code', codeTable: 'trainMode', required: true },
    { key: 'hours', zhName: '培训获得学时', en: 'Hours obtained', type: 'integer', required: true, max: 9999 },
    { key: 'credits', zhName: '培训获得学分', en: 'Credits obtained', type: 'integer', requiredIn: ['vocational'], max: 9999 },
  ],
} as const satisfies Section;
