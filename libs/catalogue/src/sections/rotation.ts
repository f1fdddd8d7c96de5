import type { Section } from '../section';

/** Required flags other than 类型 taken from a Zhuji (Zhejiang) implementation or inferred. */
export const rotation = {
  key: 'rotation',
  zhName: '交流轮岗',
  en: 'Exchange and rotation',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['startMonth', 'toUnit'],
  periods: { start: 'startMonth', end: 'endMonth' },
  // prettier-ignore
  indicators: [
    { key: 'type', zhName: '交流轮岗类型', en: 'Type of rotation', type: 'code', codeTable: 'rotationType', required: true },
    { key: 'movesPersonnelRelation', zhName: '是否调动人事关系', en: 'Personnel relation moved', type: 'code', codeTable: 'yesNo', required: true, example: '0-否' },
    { key: 'startMonth', zhName: '开始年月', en: 'Start (month)', type: 'month', required: true, example: '2014-09' },
    { key: 'endMonth', zhName: '结束年月', en: 'End (month)', type: 'month', notBefore: 'startMonth', openEnd: true, note: '>= startMonth' },
    { key: 'fromUnit', zhName: '原单位名称', en: 'From', type: 'string', maxLength: 100 },
    { key: 'toUnit', zhName: '交流轮岗单位名称', en: 'To', type: 'string', required: true, maxLength: 100, example: '丽水市实验学校' },
  ],
} as const satisfies Section;
