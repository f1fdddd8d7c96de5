import { dayText, isDay, yearsAfter } from './normalise/calendar';
import type { Words } from './section';

export type PostKind = 'teaching' | 'professional' | 'management' | 'support';

export interface Employment {
  /** 在编 */
  readonly onEstablishment: boolean;
  /** No `end` = without a fixed term. */
  readonly contract?: { readonly start: string; readonly end?: string };
  readonly postKind?: PostKind;
  readonly retired?: boolean;
}

/** Who is collected: configuration, this is the plan's. */
export interface EmploymentRule {
  readonly contractYears: number;
  readonly postKinds: readonly PostKind[];
}

export const employmentRule: EmploymentRule = {
  contractYears: 1,
  postKinds: ['teaching', 'professional', 'management'],
};

export const postKinds: readonly { readonly key: PostKind; readonly zhName: string; readonly en: string }[] = [
  { key: 'teaching', zhName: '教师岗位', en: 'Teaching post' },
  { key: 'professional', zhName: '其他专业技术岗位', en: 'Other professional post' },
  { key: 'management', zhName: '管理岗位', en: 'Management post' },
  { key: 'support', zhName: '工勤技能岗位', en: 'Support post' },
];

export interface ScopeVerdict {
  readonly inScope: boolean;
  /** Stable name of the rule that decided. */
  readonly rule:
    | 'on_establishment'
    | 'contract_long_enough'
    | 'retired'
    | 'no_contract'
    | 'contract_malformed'
    | 'contract_too_short'
    | 'contract_ended'
    | 'post_kind';
  readonly words: Words;
}

const verdict = (inScope: boolean, rule: ScopeVerdict['rule'], zh: string, en: string): ScopeVerdict => ({
  inScope,
  rule,
  words: { zh, en },
});

const dayAfter = (day: string): string => {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return dayText(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate());
};

/**
 * Is somebody collected (domain.md §3)? Staff on the establishment 在编, and staff with contracts of a year or more
 * (both days count: 2016-09-01 to 2017-08-31 is a year) in teaching, other professional or management posts;
 * retired staff never. Names the rule that decided.
 */
export function inScope(employment: Employment, today: string, rule: EmploymentRule = employmentRule): ScopeVerdict {
  if (employment.retired) {
    return verdict(false, 'retired', '离退休人员不在采集范围', 'Retired staff are not collected');
  }
  if (employment.onEstablishment) {
    return verdict(true, 'on_establishment', '在编教职工，属于采集范围', 'On the establishment, therefore collected');
  }
  const { contract, postKind } = employment;
  if (!contract) {
    return verdict(
      false,
      'no_contract',
      `非在编人员须有 ${rule.contractYears} 年及以上合同才属于采集范围`,
      `Staff off the establishment are collected with a contract of ${rule.contractYears} year(s) or more`,
    );
  }
  return contractVerdict(contract, today, rule) ?? postVerdict(postKind, rule);
}

function contractVerdict(
  { start, end }: NonNullable<Employment['contract']>,
  today: string,
  rule: EmploymentRule,
): ScopeVerdict | undefined {
  if (!isDay(start) || (end !== undefined && (!isDay(end) || end < start))) {
    return verdict(
      false,
      'contract_malformed',
      '合同起止日期应为真实日期，且结束不早于开始',
      'Contract dates must be real, the end not before the start',
    );
  }
  if (end === undefined) return undefined;
  if (dayAfter(end) < yearsAfter(start, rule.contractYears)) {
    return verdict(
      false,
      'contract_too_short',
      `合同期不足 ${rule.contractYears} 年，不在采集范围`,
      `A contract shorter than ${rule.contractYears} year(s) is not collected`,
    );
  }
  if (end >= today) return undefined;
  return verdict(false, 'contract_ended', `合同已于 ${end} 到期，不在采集范围`, `The contract ended on ${end}`);
}

function postVerdict(postKind: PostKind | undefined, rule: EmploymentRule): ScopeVerdict {
  if (postKind && rule.postKinds.includes(postKind)) {
    return verdict(
      true,
      'contract_long_enough',
      `合同 ${rule.contractYears} 年及以上的教学、专业技术或管理人员，属于采集范围`,
      `A contract of ${rule.contractYears} year(s) or more in a collected kind of post`,
    );
  }
  return verdict(
    false,
    'post_kind',
    '合同制人员仅采集教师、其他专业技术和管理岗位',
    'Contract staff are collected in teaching, other professional and management posts only',
  );
}
