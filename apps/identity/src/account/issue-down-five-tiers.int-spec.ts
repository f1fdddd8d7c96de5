import {
  createAccount,
  foundOrganisation,
  issueAccountBatch,
  listAccounts,
  listMyPermissions,
  previewAccountBatch,
  readAccount,
  readOrganisation,
  type FoundOrganisation,
} from '@shidang/contracts';
import { eventually, ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';

const province: FoundOrganisation = { code: '330000', name: '浙江省教育厅' };
const city: FoundOrganisation = { code: '331100', name: '丽水市教育局' };
const counties: FoundOrganisation[] = [
  { code: '331102', name: '莲都区教育局' },
  { code: '331121', name: '青田县教育局' },
];
const school: FoundOrganisation = { code: '2133001234', name: '莲都区实验小学', runningType: '211' };
const cityRun: FoundOrganisation = { code: '3133001999', name: '丽水市实验学校', runningType: '312' };

describe('accounts issued down five tiers (逐级分发)', () => {
  let identity: RunningIdentity;
  const by: Record<string, SignedIn> = {};

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService));
    by['000000'] = await identity.centre();
    await identity.ask(foundOrganisation, province, by['000000']);
    by['330000'] = await identity.administratorBelow(by['000000'], '330000');
    await identity.ask(foundOrganisation, city, by['330000']);
    by['331100'] = await identity.administratorBelow(by['330000'], '331100');
    for (const each of [...counties, cityRun]) await identity.ask(foundOrganisation, each, by['331100']);
    by['331102'] = await identity.administratorBelow(by['331100'], '331102');
    await identity.ask(foundOrganisation, school, by['331102']);
    by['2133001234'] = await identity.administratorBelow(by['331102'], '2133001234');
  }, 60_000);
  afterAll(() => identity?.stop());

  const who = (code: string): SignedIn => by[code]!;

  test('each tier ends in a signed caller of its own organisation', () => {
    expect(who('2133001234').caller).toMatchObject({
      role: 'systemAdministrator',
      tier: 'school',
      orgPath: '0.33.3311.331102.2133001234.',
      orgCode: '2133001234',
    });
    expect(who('331100').caller.orgPath).toBe('0.33.3311.');
  });

  test('a batch previews whom it would skip, makes the rest, and shows no password', async () => {
    const batch = { organisations: ['331102', '331121', '3133001999'], role: 'systemAdministrator' as const };
    const preview = await identity.ask(previewAccountBatch, batch, who('331100'));
    expect(preview).toMatchObject({ toIssue: 2, skipped: 1 });
    // optional: said to be nothing is as not said
    const asNull = { ...batch, also: null as unknown as undefined };
    expect(await identity.ask(previewAccountBatch, asNull, who('331100'))).toEqual(preview);
    const issued = await identity.ask(issueAccountBatch, batch, who('331100'));
    expect(issued.slips.map((slip) => slip.loginName)).toEqual(['sys@331121', 'sys@3133001999']);
    expect(issued.skipped.map((row) => row.organisation)).toEqual(['331102']);
    expect(JSON.stringify(issued)).not.toMatch(/password/i);
    expect(await identity.ask(previewAccountBatch, batch, who('331100'))).toMatchObject({ toIssue: 0, skipped: 3 });
  });

  test('issued accounts are told, one fact each', async () => {
    await eventually(async () => {
      const rows = await identity.rows<{ n: string }>(
        `select count(*) as n from outbox where subject = 'evt.identity.account-issued' and published_at is not null`,
      );
      return Number(rows[0]?.n) >= 5;
    }, 'facts of issued accounts are published');
    const told = await identity.rows<{ payload: object }>(`select payload from outbox`);
    expect(JSON.stringify(told)).not.toMatch(/张三|331102196/);
  });

  test('own users of every role of the tier', async () => {
    const slip = await identity.ask(createAccount, { role: 'principal', name: '李 校长' }, who('2133001234'));
    expect(slip).toMatchObject({ loginName: 'head@2133001234', organisation: '2133001234', name: '李校长' });
    const second = await identity.ask(createAccount, { role: 'principal' }, who('2133001234'));
    expect(second.loginName).toBe('head2@2133001234');
    const chosen = await identity.ask(
      createAccount,
      { role: 'informationViewer', loginName: 'Wang.Fang' },
      who('2133001234'),
    );
    expect(chosen.loginName).toBe('wang.fang@2133001234');
  });

  test.each([
    [
      'a role that is not a system administrator below',
      { role: 'informationAdministrator', organisation: '331102' },
      'identity.not_yours_to_issue',
    ],
    ['two tiers below', { role: 'systemAdministrator', organisation: '2133001234' }, 'identity.not_yours_to_issue'],
    [
      'above, which reads as nonexistent',
      { role: 'systemAdministrator', organisation: '330000' },
      'identity.organisation_not_found',
    ],
    ['nonexistent', { role: 'systemAdministrator', organisation: '341100' }, 'identity.organisation_not_found'],
    ['a role the tier does not have', { role: 'principal', organisation: '331100' }, 'identity.role_not_at_tier'],
    ['a teacher, who is registered instead', { role: 'teacher' }, 'identity.teachers_are_registered'],
    ['a malformed log-in name', { role: 'auditor', loginName: '331102198001010019' }, 'identity.login_name_malformed'],
  ] as const)('refuses %s', async (_, command, code) => {
    expect(await refusalOf(identity.ask(createAccount, command, who('331100')))).toBe(code);
  });

  test('a batch with one organisation that is not the caller’s is refused whole', async () => {
    const batch = { organisations: ['331121', '2133001234'], role: 'systemAdministrator' as const };
    expect(await refusalOf(identity.ask(issueAccountBatch, batch, who('331100')))).toBe('identity.not_yours_to_issue');
  });

  test('every refused attempt is audited', async () => {
    const rows = await identity.rows(
      `select 1 from audit_event where what = 'identity.account.create' and result = 'identity.not_yours_to_issue' and account_id = $1`,
      [who('331100').caller.accountId],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test('other roles may not issue at all', async () => {
    const viewer = await identity.user(who('331100'), 'informationViewer');
    expect(await refusalOf(identity.ask(createAccount, { role: 'auditor' }, viewer))).toBe('request.forbidden');
  });

  test('one sees the own users and the system administrators directly below, nobody else', async () => {
    const page = await identity.ask(listAccounts, { limit: 200 }, who('331100'));
    const names = page.items.map((account) => account.loginName);
    expect(names).toEqual(expect.arrayContaining(['sys@331100', 'sys@331102', 'sys@331121', 'sys@3133001999']));
    expect(names.filter((name) => /@(330000|000000|2133001234)$/.test(name))).toEqual([]);
    const hidden = who('2133001234').caller.accountId;
    expect(await refusalOf(identity.ask(readAccount, { accountId: hidden }, who('331100')))).toBe(
      'identity.account_not_found',
    );
    expect((await identity.ask(readAccount, { accountId: hidden }, who('331102'))).loginName).toBe('sys@2133001234');
  });

  test('pages go on where they ended', async () => {
    const first = await identity.ask(listAccounts, { limit: 2 }, who('331100'));
    const second = await identity.ask(listAccounts, { limit: 2, cursor: first.page.next }, who('331100'));
    expect(first.page.total).toBe(second.page.total);
    expect(new Set([...first.items, ...second.items].map((account) => account.id)).size).toBe(4);
    const stolen = identity.ask(listAccounts, { cursor: first.page.next }, who('331102'));
    expect(await refusalOf(stolen)).toBe('request.malformed');
  });

  test('out of scope organisations read as nonexistent', async () => {
    for (const code of ['331121', '331100', '349999'])
      expect(await refusalOf(identity.ask(readOrganisation, { code }, who('331102')))).toBe(
        'identity.organisation_not_found',
      );
    expect(await identity.ask(readOrganisation, { code: '2133001234' }, who('331102'))).toMatchObject({
      category: 'primarySecondary',
      etag: '1',
    });
  });

  test('permissions say what one may issue', async () => {
    const mine = await identity.ask(listMyPermissions, {}, who('331100'));
    expect(mine).toMatchObject({ tier: 'city', issuesBelow: ['systemAdministrator'] });
    expect(mine.issuesHere).toEqual([
      'systemAdministrator',
      'informationAdministrator',
      'informationViewer',
      'auditor',
      'operator',
    ]);
  });
});
