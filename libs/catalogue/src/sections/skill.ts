import type { Section } from '../section';

export const skill = {
  key: 'skill',
  zhName: '技能及证书',
  en: 'Skills and certificates',
  fillableBy: 'teacher',
  multiRecord: true,
  identifiedBy: ['language', 'certType', 'certNo'],
  // prettier-ignore
  indicators: [
    { key: 'language', zhName: '语种', en: 'Language', type: 'code', codeTable: 'language', required: true },
    { key: 'proficiency', zhName: '掌握程度', en: 'Proficiency', type: 'code', codeTable: 'proficiency', required: true, emptyWhen: 'language==0', example: '4-一般' },
    { key: 'otherSkill', zhName: '其他技能名称', en: 'Other skill', type: 'string', maxLength: 40 },
    { key: 'otherProficiency', zhName: '其他技能掌握程度', en: 'Proficiency in other skill', type: 'code', codeTable: 'proficiency' },
    { key: 'certType', zhName: '证书类型', en: 'Type of certificate', type: 'code', codeTable: 'certType' },
    { key: 'languageCert', zhName: '语言证书名称', en: 'Language certificate', type: 'code', codeTable: 'languageCert', requiredWhen: 'certType==2', emptyWhen: 'certType==0' },
    { key: 'certName', zhName: '证书名称', en: 'Certificate', type: 'string', requiredWhen: 'certType in (1,9) or languageCert==9', emptyWhen: 'certType==0', maxLength: 100 },
    { key: 'issueMonth', zhName: '发证年月', en: 'Issued (month)', type: 'month', emptyWhen: 'certType==0', past: true },
    { key: 'issuer', zhName: '发证单位', en: 'Issued by', type: 'string', emptyWhen: 'certType==0', maxLength: 100 },
    { key: 'certNo', zhName: '证书编号', en: 'Certificate number', type: 'string', emptyWhen: 'certType==0', maxLength: 60, form: 'certificate' },
  ],
} as const satisfies Section;
