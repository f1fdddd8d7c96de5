import type { Caller } from './caller';
import type { Permission } from './permission';
import { mayHold, type Role } from './role';
import type { Tier } from './tier';

const everybody: readonly Permission[] = ['self.session', 'notice.read', 'organisation.read', 'catalogue.read'];

// 工作方案: the system administrator keeps accounts, of his own organisation and of the administrators directly below. No records.
const accounts: readonly Permission[] = [
  ...everybody,
  'account.read',
  'account.issue',
  'account.manage',
  'progress.read',
];

const reading: readonly Permission[] = [
  ...everybody,
  'teacher.read',
  'record.read',
  'campaign.read',
  'progress.read',
  'statistics.read',
];

// 工作方案 三(三): entry, review and submission for own and lower organisations.
const entry: readonly Permission[] = [
  ...reading,
  'record.fill',
  'record.submit',
  'record.import',
  'record.export',
  'sensitive.unmask',
  'review.read',
  'review.withdraw',
  'review.submitUpward',
  'report.read',
  'urge.read',
];

const authority: readonly Permission[] = [
  ...entry,
  'review.decide',
  'headcount.confirm',
  'report.write',
  'report.accept',
  'campaign.manage',
  'fillPolicy.manage',
  'urge.send',
];

// 工作方案 五(五): only the school's information administrator applies for a change; the authority decides it.
const schoolEntry: readonly Permission[] = [...entry, 'change.request', 'headcount.declare'];

// 工作方案: 学校负责人对信息进行审核, and reports upward. He does not fill.
const schoolHead: readonly Permission[] = [
  ...reading,
  'record.export',
  'sensitive.unmask',
  'review.read',
  'review.decide',
  'review.submitUpward',
  'headcount.declare',
  'report.read',
  'urge.read',
];

const self: readonly Permission[] = [
  ...everybody,
  'campaign.read',
  'teacher.read',
  'record.read',
  'record.fill',
  'record.submit',
  'record.export',
  'record.own',
  'sensitive.unmask',
  'change.ask',
  'review.read',
  'review.withdraw',
  // a teacher whose turn it is may be urged, and answers
  'urge.read',
];

const auditing: readonly Permission[] = ['self.session', 'audit.read'];
const operating: readonly Permission[] = ['self.session', 'system.operate'];

type Row = Readonly<Record<Tier, readonly Permission[]>>;
const atEveryTier = (may: readonly Permission[]): Row => ({
  central: may,
  province: may,
  city: may,
  county: may,
  school: may,
});

/** The one table. Where a role does not exist at a tier the cell is cut to nothing by `permissionsOf`. */
const table: Readonly<Record<Role, Row>> = {
  systemAdministrator: {
    ...atEveryTier([...accounts, 'organisation.manage']),
    school: [...accounts, 'teacher.register'],
  },
  informationAdministrator: { ...atEveryTier(authority), school: schoolEntry },
  informationViewer: atEveryTier(reading),
  principal: atEveryTier(schoolHead),
  teacher: atEveryTier(self),
  auditor: atEveryTier(auditing),
  operator: atEveryTier(operating),
};

export const permissionsOf = (role: Role, tier: Tier): readonly Permission[] =>
  mayHold(role, tier) ? table[role][tier] : [];

const granted = new Map<string, ReadonlySet<Permission>>();

/** *What* a caller may do; *where* is row-level security's. */
export function allows(caller: Pick<Caller, 'role' | 'tier'>, permission: Permission): boolean {
  const key = `${caller.role}@${caller.tier}`;
  let may = granted.get(key);
  if (!may) granted.set(key, (may = new Set(permissionsOf(caller.role, caller.tier))));
  return may.has(permission);
}
