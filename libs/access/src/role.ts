import type { Tier } from './tier';
import { tiers } from './tier';

export const roles = [
  'systemAdministrator',
  'informationAdministrator',
  'informationViewer',
  'principal',
  'teacher',
  'auditor',
  'operator',
] as const;
export type Role = (typeof roles)[number];

export const roleNames: Readonly<Record<Role, { zh: string; en: string }>> = {
  systemAdministrator: { zh: '系统管理员', en: 'system administrator' },
  informationAdministrator: { zh: '信息管理员', en: 'information administrator' },
  informationViewer: { zh: '信息查询员', en: 'information viewer' },
  principal: { zh: '学校负责人', en: 'principal' },
  teacher: { zh: '教师', en: 'teacher' },
  auditor: { zh: '审计员', en: 'auditor' },
  operator: { zh: '运维员', en: 'operator' },
};

const authorities: readonly Tier[] = ['central', 'province', 'city', 'county'];

/** At which tiers a role exists: principals and teachers only in schools, operators only where a technology centre (教育技术中心) is. */
export const tiersOfRole: Readonly<Record<Role, readonly Tier[]>> = {
  systemAdministrator: tiers,
  informationAdministrator: tiers,
  informationViewer: tiers,
  principal: ['school'],
  teacher: ['school'],
  auditor: tiers,
  operator: authorities,
};

export const mayHold = (role: Role, tier: Tier): boolean => tiersOfRole[role].includes(tier);

const separated: readonly Role[] = ['systemAdministrator', 'auditor', 'operator'];

/** 三员分立: who administers does not audit, who runs the machines does neither. One human, all his accounts together. */
export const mayHoldTogether = (held: Role, wanted: Role): boolean =>
  held === wanted || !(separated.includes(held) && separated.includes(wanted));
