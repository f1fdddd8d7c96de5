import type { SectionKey } from './section';

/** Who a row is about, where the section has no indicator of its own for it. */
export const personLabels: Readonly<Record<string, 'number' | 'name'>> = {
  身份证号: 'number',
  身份证号码: 'number',
  身份证件号码: 'number',
  公民身份号码: 'number',
  证件号: 'number',
  证件号码: 'number',
  教师姓名: 'name',
  教职工姓名: 'name',
};

/**
 * What rosters and older sheets call an indicator: label → key. Only names that can mean nothing else in their section; anything doubtful is asked.
 */
export const otherLabels: Readonly<Partial<Record<SectionKey, Readonly<Record<string, string>>>>> = {
  basic: {
    教工号: 'staffNo',
    工号: 'staffNo',
    国籍: 'country',
    证件类型: 'idDocType',
    出生年月日: 'birthDate',
    参加工作时间: 'workStartMonth',
    进校年月: 'joinSchoolMonth',
    进本校时间: 'joinSchoolMonth',
    婚姻: 'marital',
    备注说明: 'memo',
  },
  education: { 学历: 'educationLevel', 专业: 'major', 入学时间: 'enrollMonth', 毕业时间: 'graduateMonth' },
  contact: {
    手机号: 'mobile',
    手机号码: 'mobile',
    移动电话: 'mobile',
    电子邮箱: 'email',
    电子邮件: 'email',
    邮箱: 'email',
    'E-mail': 'email',
    电话: 'phone',
    固定电话: 'phone',
    地址: 'address',
    联系地址: 'address',
  },
};
