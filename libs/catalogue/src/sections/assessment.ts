import type { Section } from '../section';

/** School/department only (seed). From the current collection year onward. */
export const assessment = {
  key: 'assessment',
  zhName: '年度考核',
  en: 'Annual assessment',
  fillableBy: 'school',
  multiRecord: true,
  identifiedBy: ['year'],
  organisationOnly: true,
  // prettier-ignore
  indicators: [
    { key: 'year', zhName: '考核年度', en: 'Year assessed', type: 'year', required: true, past: true, note: 'unique per person' },
    { key: 'result', zhName: '考核结果', en: 'Result', type: 'code', codeTable: 'assessResult', required: true, example: '2-合格' },
    { key: 'assessor', zhName: '考核单位名称', en: 'Assessing unit', type: 'string', requiredIn: ['vocational'], maxLength: 100, note: 'default = own school' },
  ],
} as const satisfies Section;
