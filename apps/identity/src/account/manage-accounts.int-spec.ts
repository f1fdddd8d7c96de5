import {
  createAccount,
  findPosts,
  foundOrganisation,
  grantPost,
  issueAccountBatch,
  labelAccounts,
  locateAccount,
  readAccount,
  resolveSession,
  updateAccount,
} from '@shidang/contracts';
import { eventually, ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { aDocument, refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';

describe('managing accounts', () => {
  let identity: RunningIdentity;
  let centre: SignedIn;
  let province: SignedIn;
  let school: SignedIn;

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService, { POST_LOOK_MS: '50' }));
    centre = await identity.centre();
    await identity.ask(foundOrganisation, { code: '330000', name: '浙江省教育厅' }, centre);
    province = await identity.administratorBelow(centre, '330000');
    await identity.ask(foundOrganisation, { code: '2133001234', name: '实验小学', runningType: '211' }, province);
    school = await identity.administratorBelow(province, '2133001234');
  }, 60_000);
  afterAll(() => identity?.stop());

  const postsOf = (role: 'principal' | 'informationAdministrator') =>
    identity.fromRecords(findPosts, { orgPath: school.caller.orgPath, roles: [role] });
  const toldOf = (postId: string) =>
    identity.rows<{ subject: string; payload: { version: number; personId?: string } }>(
      `select subject, payload from outbox where aggregate_id = $1 order by id`,
      [postId],
    );
  const setStatus = async (accountId: string, status: 'enabled' | 'disabled') => {
    const { etag } = await identity.ask(readAccount, { accountId }, school);
    return identity.ask(updateAccount, { accountId, status }, school, { ifMatch: etag });
  };

  test('who keeps posts learns of a principal: issued, activated with the person, disabled, enabled', async () => {
    const slip = await identity.ask(createAccount, { role: 'principal' }, school);
    expect((await postsOf('principal')).posts).toMatchObject([{ accountId: slip.accountId, usable: false }]);
    const principal = await identity.activate(slip, '李校长');
    expect((await postsOf('principal')).posts).toMatchObject([{ personId: principal.caller.personId, usable: true }]);
    await setStatus(slip.accountId, 'disabled');
    expect((await postsOf('principal')).posts).toEqual([]);
    await setStatus(slip.accountId, 'enabled');
    const told = await toldOf(principal.caller.postId);
    expect(told.map((row) => row.subject.replace('evt.identity.', ''))).toEqual([
      'post-granted',
      'post-granted',
      'post-ended',
      'post-granted',
    ]);
    expect(told.map((row) => row.payload.version)).toEqual([1, 2, 3, 4]);
    expect(told.map((row) => row.payload.personId)).toEqual([
      undefined,
      principal.caller.personId,
      undefined,
      principal.caller.personId,
    ]);
  });

  test('first activation is told once, a reset is not another', async () => {
    const viewer = await identity.user(school, 'informationViewer');
    const activations = () =>
      identity.rows(`select 1 from outbox where subject = 'evt.identity.account-activated' and aggregate_id = $1`, [
        viewer.caller.accountId,
      ]);
    expect(await activations()).toHaveLength(1);
  });

  test('a post that runs out is refused, ended and told', async () => {
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const slip = await identity.ask(createAccount, { role: 'informationViewer', expiresAt }, school);
    const viewer = await identity.activate(slip);
    await eventually(async () => {
      const told = await toldOf(viewer.caller.postId);
      return told.at(-1)?.subject === 'evt.identity.post-ended';
    }, 'the end of the post is told');
    expect(await refusalOf(identity.fromGateway(resolveSession, { token: viewer.sessionToken }))).toBe(
      'identity.session_ended',
    );
  });

  test('labels name accounts for other services', async () => {
    const { labels } = await identity.fromRecords(labelAccounts, { accountIds: [school.caller.accountId] });
    const { accountId } = school.caller;
    expect(labels).toEqual([
      {
        accountId,
        loginName: expect.stringMatching(/@2133001234$/) as string,
        ofTeacher: false,
        name: '张三',
        organisation: '2133001234',
        organisationName: '实验小学',
      },
    ]);
    const { loginName } = labels[0]!;
    expect(await identity.fromRecords(locateAccount, { loginName: ` ${loginName.toUpperCase()} ` })).toEqual({
      accountId,
    });
    expect(await identity.fromRecords(locateAccount, { loginName: 'nobody@000000' })).toEqual({});
  });

  test('三员分立 counts the other accounts of one human, also where the grantor does not see them', async () => {
    const document = aDocument();
    const auditing = await identity.ask(createAccount, { role: 'auditor' }, centre);
    await identity.activate(auditing, '王审计', document);
    const viewer = await identity.activate(
      await identity.ask(createAccount, { role: 'informationViewer' }, school),
      '王审计',
      document,
    );
    const both = identity.ask(grantPost, { accountId: viewer.caller.accountId, role: 'systemAdministrator' }, school);
    expect(await refusalOf(both)).toBe('identity.roles_apart');
    const { etag, id: accountId } = await identity.ask(readAccount, { accountId: auditing.accountId }, centre);
    await identity.ask(updateAccount, { accountId, status: 'disabled' }, centre, { ifMatch: etag });
    const again = { accountId: viewer.caller.accountId, role: 'systemAdministrator' } as const;
    expect(await refusalOf(identity.ask(grantPost, again, school))).toBe('identity.roles_apart');
  });

  test('of two grants at once to two accounts of one human that must be apart, one is refused', async () => {
    const document = aDocument();
    const viewer = async (of: SignedIn) =>
      identity.activate(await identity.ask(createAccount, { role: 'informationViewer' }, of), '郑十', document);
    const [one, other] = [await viewer(centre), await viewer(school)];
    const outcomes = await Promise.all([
      refusalOf(identity.ask(grantPost, { accountId: one.caller.accountId, role: 'auditor' }, centre)),
      refusalOf(identity.ask(grantPost, { accountId: other.caller.accountId, role: 'systemAdministrator' }, school)),
    ]);
    expect(outcomes.sort()).toEqual(['identity.roles_apart', 'was not refused']);
  });

  test('two who issue at once make one account, the second skips', async () => {
    await identity.ask(foundOrganisation, { code: '2133001235', name: '第二小学', runningType: '211' }, province);
    const batch = { organisations: ['2133001235'], role: 'systemAdministrator' as const };
    const answers = await Promise.all([1, 2, 3, 4].map(() => identity.ask(issueAccountBatch, batch, province)));
    expect(answers.flatMap((answer) => answer.slips)).toHaveLength(1);
    expect(answers.flatMap((answer) => answer.skipped)).toHaveLength(3);
  });

  test('ten accounts created at once get ten names', async () => {
    const slips = await Promise.all(
      Array.from({ length: 10 }, () => identity.ask(createAccount, { role: 'informationAdministrator' }, school)),
    );
    expect(new Set(slips.map((slip) => slip.loginName)).size).toBe(10);
  });
});
