import type { Section } from '../section';

/** School/department only (seed). People with less than one full year report next year. */
export const pay = {
  key: 'pay',
  zhName: '基本待遇',
  en: 'Basic pay',
  fillableBy: 'school',
  multiRecord: true,
  identifiedBy: ['year'],
  organisationOnly: true,
  // prettier-ignore
  indicators: [
    { key: 'year', zhName: '年度', en: 'Year', type: 'year', required: true, closedYear: true, note: 'a past year only; blank = last year; unique per person' },
    { key: 'annualIncome', zhName: '年工资收入(元)', en: 'Annual income (yuan)', type: 'decimal', required: true, sensitive: true, max: 9999999, example: '80000' },
    { key: 'basicPay', zhName: '基本工资(元/月)', en: 'Basic pay (yuan/month)', type: 'decimal', required: true, sensitive: true, max: 9999999 },
    { key: 'meritPay', zhName: '绩效工资(元/月)', en: 'Merit pay (yuan/month)', type: 'decimal', required: true, sensitive: true, max: 9999999 },
    { key: 'ruralAllowance', zhName: '乡村教师生活补助(元/月)', en: 'Rural teacher allowance (yuan/month)', type: 'decimal', required: true, schoolCategories: ['primarySecondary'], sensitive: true, max: 9999999 },
    { key: 'allowance', zhName: '津贴补贴(元/月)', en: 'Allowance (yuan/month)', type: 'decimal', required: true, schoolCategories: ['kindergarten', 'vocational', 'special'], sensitive: true, labelIn: { special: '特教津贴补贴(元/月)' }, max: 9999999 },
    { key: 'otherAllowance', zhName: '其他津贴补贴(元/月)', en: 'Other allowance (yuan/month)', type: 'decimal', required: true, schoolCategories: ['primarySecondary', 'special'], sensitive: true, max: 9999999 },
    { key: 'otherPay', zhName: '其他(元/月)', en: 'Other pay (yuan/month)', type: 'decimal', required: true, sensitive: true, max: 9999999 },
    { key: 'insurance', zhName: '五险一金', en: 'Insurance and housing fund', type: 'code', codeTable: 'insurance', multiValue: true, required: true, sensitive: true, alone: '0', note: '0 excludes others' },
  ],
} as const satisfies Section;
