import type { Section } from '../section';

/** School/department only (seed). */
export const ethics = {
  key: 'ethics',
  zhName: '师德信息',
  en: 'Professional ethics',
  fillableBy: 'school',
  multiRecord: true,
  identifiedBy: ['assessDate'],
  organisationOnly: true,
  // prettier-ignore
  indicators: [
    { key: 'assessDate', zhName: '师德考核时间', en: 'Assessed on', type: 'date', required: true, past: true, example: '2015-12-31' },
    { key: 'result', zhName: '师德考核结论', en: 'Result', type: 'code', codeTable: 'ethicsResult', required: true, example: '2-合格' },
    { key: 'assessor', zhName: '师德考核单位名称', en: 'Assessing unit', type: 'string', requiredIn: ['vocational'], maxLength: 60 },
    { key: 'honorLevel', zhName: '荣誉级别', en: 'Honour level', type: 'code', codeTable: 'honorLevel', requiredIn: ['vocational'], example: '0-无' },
    { key: 'honorTitle', zhName: '获得荣誉称号', en: 'Honorary title', type: 'string', requiredWhen: 'category==vocational and honorLevel!=0', emptyWhen: 'honorLevel==0', maxLength: 60 },
    { key: 'honorDate', zhName: '荣誉发生日期', en: 'Honoured on', type: 'date', requiredWhen: 'category==vocational and honorLevel!=0', emptyWhen: 'honorLevel==0', past: true },
    { key: 'honorDesc', zhName: '荣誉记录描述', en: 'Honour description', type: 'text', requiredWhen: 'category==vocational and honorLevel!=0', emptyWhen: 'honorLevel==0', maxLength: 200 },
    { key: 'honorGrantor', zhName: '荣誉授予单位名称', en: 'Honour granted by', type: 'string', requiredWhen: 'category==vocational and honorLevel!=0', emptyWhen: 'honorLevel==0', maxLength: 60 },
    { key: 'punishType', zhName: '处分类别', en: 'Sanction', type: 'code', codeTable: 'punishType', required: true, sensitive: true, default: '0' },
    { key: 'punishReason', zhName: '处分原因', en: 'Reason for sanction', type: 'code', codeTable: 'punishReason', requiredWhen: 'punishType!=0', emptyWhen: 'punishType==0', sensitive: true },
    { key: 'punishEventDate', zhName: '处分发生日期', en: 'Date of the event', type: 'date', requiredWhen: 'punishType!=0', emptyWhen: 'punishType==0', sensitive: true, past: true },
    { key: 'punishDesc', zhName: '处分记录描述', en: 'Sanction description', type: 'text', requiredWhen: 'category==vocational and punishType!=0', emptyWhen: 'punishType==0', sensitive: true, maxLength: 200 },
    { key: 'punisher', zhName: '处分单位名称', en: 'Sanctioning unit', type: 'string', requiredWhen: 'category==vocational and punishType!=0', emptyWhen: 'punishType==0', sensitive: true, maxLength: 60 },
    { key: 'punishDate', zhName: '处分日期', en: 'Sanctioned on', type: 'date', requiredWhen: 'category==vocational and punishType!=0', emptyWhen: 'punishType==0', sensitive: true, past: true, notBefore: 'punishEventDate' },
    { key: 'punishCancelDate', zhName: '处分撤销日期', en: 'Sanction lifted on', type: 'date', emptyWhen: 'punishType==0', sensitive: true, past: true, notBefore: 'punishDate', note: '>= punishDate; one implementation demands it in vocational schools, which is unworkable while a punishment runs' },
    { key: 'punishCancelReason', zhName: '处分撤销原因', en: 'Reason for lifting', type: 'text', emptyWhen: 'punishType==0', sensitive: true, maxLength: 200 },
  ],
} as const satisfies Section;
