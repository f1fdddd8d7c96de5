import {
  countAccounts,
  createAccount,
  foundOrganisation,
  issueAccountBatch,
  issueSlip,
  listAccountCoverage,
  listAccounts,
  listOrganisations,
  previewAccountBatch,
  previewActivation,
  readAccount,
  readOrganisation,
  updateAccount,
  type AccountState,
} from '@shidang/contracts';
import { ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';

/** 工作方案 逐级分发: what a city's system administrator sees while he issues, and afterwards. */
describe('the board of accounts', () => {
  let identity: RunningIdentity;
  let province: SignedIn;
  let city: SignedIn;
  const counties = ['331102', '331121', '331122'];
  const school = '2133001234';

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService, { POST_LOOK_MS: '3600000' }));
    const centre = await identity.centre();
    await identity.ask(foundOrganisation, { code: '330000', name: '浙江省教育厅' }, centre);
    province = await identity.administratorBelow(centre, '330000');
    await identity.ask(foundOrganisation, { code: '331100', name: '丽水市教育局' }, province);
    city = await identity.administratorBelow(province, '331100');
    for (const code of counties) await identity.ask(foundOrganisation, { code, name: `${code}教育局` }, city);
    await identity.ask(foundOrganisation, { code: school, name: '市实验䶮学校', runningType: '211' }, city);
  }, 60_000);
  afterAll(() => identity?.stop());

  const coverage = (query = {}) => identity.ask(listAccountCoverage, query, city);
  const counted = async () => {
    const { states, total } = await identity.ask(countAccounts, {}, city);
    return { total, ...Object.fromEntries(states.map(({ state, accounts }) => [state, accounts])) };
  };

  test('the matrix has the roles that may be issued, and a page asks no organisation twice', async () => {
    const first = await coverage({ limit: 2 });
    expect(first.own.roles.map(({ role }) => role)).toEqual([
      'systemAdministrator',
      'informationAdministrator',
      'informationViewer',
      'auditor',
      'operator',
    ]);
    expect(first.own.roles[0]).toEqual({ role: 'systemAdministrator', state: 'active', accounts: 1, free: false });
    expect(first.page.total).toBe(4);
    const second = await coverage({ limit: 2, cursor: first.page.next });
    expect([...first.items, ...second.items].map((each) => each.organisation)).toEqual([school, ...counties].sort());
    for (const { roles } of [...first.items, ...second.items])
      expect(roles).toEqual([{ role: 'systemAdministrator', accounts: 0, free: true }]);
    expect((await coverage({ tier: 'school' })).items.map((each) => each.organisation)).toEqual([school]);
    expect((await coverage({ q: '䶮' })).page.total).toBe(1);
  });

  test('cells of several roles are issued in one batch; who exists is skipped', async () => {
    await identity.administratorBelow(city, '331102');
    const batch = {
      organisations: counties,
      role: 'systemAdministrator' as const,
      also: [
        { organisation: '331100', role: 'informationAdministrator' as const },
        { organisation: '331100', role: 'systemAdministrator' as const },
        { organisation: '331121', role: 'systemAdministrator' as const },
      ],
    };
    expect(await identity.ask(previewAccountBatch, batch, city)).toMatchObject({ toIssue: 3, skipped: 2 });
    const { slips, skipped } = await identity.ask(issueAccountBatch, batch, city);
    expect(slips.map((slip) => slip.loginName)).toEqual(['sys@331121', 'sys@331122', 'info@331100']);
    expect(slips[0]).toMatchObject({ activationPath: '/console/activate', organisationName: '331121教育局' });
    expect(skipped.map((row) => row.organisation).sort()).toEqual(['331100', '331102']);
    expect((await coverage({ lacking: 'yes' })).items.map((each) => each.organisation)).toEqual([school]);
  });

  test('one cell that is not the caller’s refuses all of them', async () => {
    const also = [{ organisation: '331102', role: 'informationViewer' as const }];
    const batch = { organisations: [school], role: 'systemAdministrator' as const, also };
    expect(await refusalOf(identity.ask(issueAccountBatch, batch, city))).toBe('identity.not_yours_to_issue');
    expect((await coverage({ lacking: 'yes' })).page.total).toBe(1);
  });

  test('accounts are counted and found by state', async () => {
    expect(await counted()).toEqual({
      total: 5,
      active: 2,
      locked: 0,
      waiting: 3,
      expired: 0,
      unissued: 0,
      disabled: 0,
    });
    const found = async (state: AccountState) =>
      (await identity.ask(listAccounts, { state }, city)).items.map((account) => account.loginName);
    expect(await found('waiting')).toEqual(['info@331100', 'sys@331121', 'sys@331122']);
    await identity.rows(
      `update activation_code set expires_at = now() where account_id = (select id from account where login_name = 'sys@331121')`,
    );
    await identity.rows(
      `update account set locked_until = now() + interval '5 minutes' where login_name = 'sys@331102'`,
    );
    const slip = await identity.ask(createAccount, { role: 'auditor' }, city);
    const { etag } = await identity.ask(readAccount, { accountId: slip.accountId }, city);
    const command = { accountId: slip.accountId, status: 'disabled' as const };
    await identity.ask(updateAccount, command, city, { ifMatch: etag });
    const six = { total: 6, active: 1, locked: 1, waiting: 2, expired: 1, unissued: 0, disabled: 1 };
    expect(await counted()).toEqual(six);
    expect(await found('expired')).toEqual(['sys@331121']);
    expect(await found('locked')).toEqual(['sys@331102']);
    const { own } = await coverage();
    expect(own.roles.find(({ role }) => role === 'auditor')).toMatchObject({ state: 'disabled', free: true });
    const { items } = await identity.ask(listAccounts, { q: '331122教育' }, city);
    expect(items.map((account) => account.loginName)).toEqual(['sys@331122']);
  });

  test('who holds a slip sees what it is for, and nobody else anything', async () => {
    const accountId = (await identity.ask(listAccounts, { loginName: 'sys@331121' }, city)).items[0]!.id;
    const { code } = await identity.ask(issueSlip, { accountId }, city);
    expect(await identity.ask(previewActivation, { code: code.toLowerCase() })).toEqual({
      loginName: 'sys@331121',
      role: 'systemAdministrator',
      organisation: '331121',
      organisationName: '331121教育局',
      personKnown: false,
    });
    await identity.ask(issueSlip, { accountId }, city);
    for (const guess of [code, '2222-2222-2222'])
      expect(await refusalOf(identity.ask(previewActivation, { code: guess }))).toBe(
        'identity.activation_code_invalid',
      );
  });

  test('organisations are searched at and below one’s own, in the order of the tree, with their place', async () => {
    const all = await identity.ask(listOrganisations, { limit: 3 }, city);
    expect(all.page.total).toBe(5);
    expect(all.items[0]).toMatchObject({ code: '331100', childCount: 4 });
    expect(all.items[0]).not.toHaveProperty('parentName');
    const rest = await identity.ask(listOrganisations, { limit: 3, cursor: all.page.next }, city);
    expect(rest.items).toHaveLength(2);
    const [found] = (await identity.ask(listOrganisations, { q: '实验', category: 'primarySecondary' }, city)).items;
    expect(found).toMatchObject({ code: school, parentName: '丽水市教育局' });
    const { above } = await identity.ask(readOrganisation, { code: school }, province);
    expect(above.map((place) => place.code)).toEqual(['330000', '331100']);
    expect((await identity.ask(readOrganisation, { code: school }, city)).above).toHaveLength(1);
  });
});
