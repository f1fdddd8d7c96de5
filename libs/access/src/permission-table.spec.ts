import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionNames } from './permission';
import { allows, permissionsOf } from './permission-table';
import { roles, tiersOfRole } from './role';
import { tiers } from './tier';

/** Letters are the tiers at which the role has the permission: C(entral) P(rovince) c(ity) x(ian, county) s(chool). */
const letters = { central: 'C', province: 'P', city: 'c', county: 'x', school: 's' } as const;

function grid(): string {
  const head = ['permission'.padEnd(22), ...roles.map((role) => role.padEnd(26))].join('').trimEnd();
  const rows = permissionNames.map((permission) =>
    [
      permission.padEnd(22),
      ...roles.map((role) =>
        tiers
          .map((tier) => (allows({ role, tier }, permission) ? letters[tier] : '·'))
          .join('')
          .padEnd(26),
      ),
    ]
      .join('')
      .trimEnd(),
  );
  return [head, ...rows, ''].join('\n');
}

describe('permission table', () => {
  test('is the committed grid', () => {
    expect(grid()).toBe(readFileSync(join(__dirname, 'permissions.golden.txt'), 'utf8'));
  });

  test('a role has nothing at a tier where it does not exist', () => {
    for (const role of roles)
      for (const tier of tiers.filter((each) => !tiersOfRole[role].includes(each)))
        expect(permissionsOf(role, tier)).toEqual([]);
  });

  test('every permission is held by somebody', () => {
    for (const permission of permissionNames)
      expect(roles.some((role) => tiers.some((tier) => allows({ role, tier }, permission)))).toBe(true);
  });

  test('system administrators, auditors and operators reach no teacher data', () => {
    const teacherData = permissionNames.filter((each) =>
      /^(record|review|change|sensitive|statistics)\.|^teacher\.read$/.test(each),
    );
    for (const role of ['systemAdministrator', 'auditor', 'operator'] as const)
      for (const tier of tiers) expect(teacherData.filter((each) => allows({ role, tier }, each))).toEqual([]);
  });

  test('only information administrators and teachers fill, only principals and authorities decide', () => {
    const holders = (permission: 'record.fill' | 'review.decide') =>
      roles.flatMap((role) =>
        tiers.filter((tier) => allows({ role, tier }, permission)).map((tier) => `${role}@${tier}`),
      );
    expect(holders('record.fill').every((each) => /^(informationAdministrator|teacher)@/.test(each))).toBe(true);
    expect(holders('review.decide')).toEqual([
      'informationAdministrator@central',
      'informationAdministrator@province',
      'informationAdministrator@city',
      'informationAdministrator@county',
      'principal@school',
    ]);
  });

  test('only the school applies for a change (五(五))', () => {
    for (const tier of tiers)
      expect(allows({ role: 'informationAdministrator', tier }, 'change.request')).toBe(tier === 'school');
    expect(allows({ role: 'teacher', tier: 'school' }, 'change.request')).toBe(false);
  });
});
