import type { Role } from '@shidang/access';
import { lateCounty, type SeededOrganisation, type SeededSchool } from './organisations';
import { hasPrincipal } from './teachers';
import type { InventingWorld, SeededAccount, SeededPerson, SeededTeacher, Staff } from './world';

const names: Readonly<Partial<Record<Role, string>>> = {
  systemAdministrator: 'sys',
  informationAdministrator: 'info',
  informationViewer: 'view',
  principal: 'head',
  auditor: 'audit',
  operator: 'ops',
};

type Issued = Readonly<Partial<Record<Role, 'activated' | 'issued'>>>;

const isSchool = (organisation: SeededOrganisation): organisation is SeededSchool => organisation.tier === 'school';

/** 逐级分发: which accounts there are, and which of them somebody uses already. */
function accountsOf(organisation: SeededOrganisation): Issued {
  if (isSchool(organisation)) {
    const others = organisation.pace === 'silent' ? 'issued' : 'activated';
    return {
      systemAdministrator: 'activated',
      informationAdministrator: others,
      ...(hasPrincipal(organisation) && { principal: others, informationViewer: 'issued' }),
    };
  }
  const { tier, code } = organisation;
  if (tier === 'city' && !organisation.collects) return { systemAdministrator: 'issued' };
  const both = { systemAdministrator: 'activated', informationAdministrator: 'activated' } as const;
  if (tier === 'central' || tier === 'province') return both;
  const watching = code === lateCounty ? 'issued' : 'activated';
  return { ...both, informationViewer: watching, auditor: watching, ...(tier === 'city' && { operator: 'activated' }) };
}

export function planStaff(
  organisation: SeededOrganisation,
  { ids, nextPerson }: InventingWorld,
  teachers: readonly SeededTeacher[] = [],
): Staff {
  const { tier, orgPath, code: orgCode } = organisation;
  const personIn = (role: Role): SeededPerson =>
    ownTeacher(role, organisation, teachers) ?? { ...nextPerson(), id: ids.next() };
  const accounts = (Object.entries(accountsOf(organisation)) as [Role, 'activated' | 'issued'][]).map(
    ([role, status]): [Role, SeededAccount] => {
      const activated = status === 'activated';
      const loginName = `${names[role]}@${orgCode}`;
      const [id, postId] = [ids.next(), ids.next()];
      const person = activated ? personIn(role) : undefined;
      return [role, { id, postId, loginName, role, tier, orgPath, orgCode, activated, person }];
    },
  );
  return Object.fromEntries(accounts);
}

/** Principal and information administrator are teachers of their school, with a second account: one human, one person. */
function ownTeacher(
  role: Role,
  organisation: SeededOrganisation,
  teachers: readonly SeededTeacher[],
): SeededPerson | undefined {
  if (!isSchool(organisation) || !hasPrincipal(organisation)) return undefined;
  if (role === 'principal') return teachers[0]?.person;
  return role === 'informationAdministrator' ? teachers[1]?.person : undefined;
}
