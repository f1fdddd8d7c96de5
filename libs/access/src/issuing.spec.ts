import type { Caller } from './caller';
import { mayIssue, type Grant } from './issuing';
import { childPath, rootPath, tierOfPath } from './org-path';
import { mayHold, mayHoldTogether, roles } from './role';

const at = (orgPath: string, role: Caller['role'] = 'systemAdministrator'): Caller => ({
  accountId: 'a',
  personId: 'p',
  postId: 'o',
  role,
  tier: tierOfPath(orgPath),
  orgPath,
  orgCode: '',
});
const grant = (orgPath: string, role: Grant['role']): Grant => ({ orgPath, role, tier: tierOfPath(orgPath) });

const city = '0.33.3311.';
const county = '0.33.3311.331102.';
const school = childPath(county, '2133001234');
const cityRun = childPath(city, '2133001999');

describe('issuing accounts (逐级分发)', () => {
  test('every role of the own organisation that exists at its tier', () => {
    for (const role of roles) expect(mayIssue(at(county), grant(county, role))).toBe(mayHold(role, 'county'));
    expect(mayIssue(at(school), grant(school, 'principal'))).toBe(true);
  });

  test('system administrators directly below, and no other role there', () => {
    expect(mayIssue(at(city), grant(county, 'systemAdministrator'))).toBe(true);
    expect(mayIssue(at(city), grant(cityRun, 'systemAdministrator'))).toBe(true);
    for (const role of roles.filter((each) => each !== 'systemAdministrator'))
      expect(mayIssue(at(city), grant(county, role))).toBe(false);
  });

  test('nobody two tiers below, beside, above or elsewhere', () => {
    for (const target of [school, '0.33.', rootPath, '0.33.3312.', '0.34.3411.'])
      expect(mayIssue(at(city), grant(target, 'systemAdministrator'))).toBe(false);
  });

  test('only a system administrator', () => {
    for (const role of roles.filter((each) => each !== 'systemAdministrator'))
      expect(mayIssue(at(school, role), grant(school, 'informationViewer'))).toBe(false);
  });

  test('a tier claimed against the path is refused', () => {
    expect(mayIssue(at(county), { orgPath: county, role: 'principal', tier: 'school' })).toBe(false);
  });

  test('三员分立: administrator, auditor and operator are different people', () => {
    expect(mayHoldTogether('systemAdministrator', 'auditor')).toBe(false);
    expect(mayHoldTogether('auditor', 'operator')).toBe(false);
    expect(mayHoldTogether('teacher', 'auditor')).toBe(true);
    expect(mayHoldTogether('systemAdministrator', 'systemAdministrator')).toBe(true);
  });
});
