import {
  changePassword,
  createAccount,
  createSession,
  endPost,
  endSession,
  grantPost,
  issueSlip,
  readAccount,
  readMe,
  redeemActivation,
  renewCaller,
  resolveSession,
  switchPost,
  unlockAccount,
  updateAccount,
  type ActivationSlip,
} from '@shidang/contracts';
import { eventually, ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { aDocument, goodPassword, refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';

const anotherPassword = 'Wm4+hGb8Vc';
const refusedLogIn = 'identity.log_in_failed';

describe('sign-in', () => {
  let identity: RunningIdentity;
  let centre: SignedIn;

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService, { LOCK_SECONDS: '2' }));
    centre = await identity.centre();
  }, 60_000);
  afterAll(() => identity?.stop());

  const slipFor = (role: 'auditor' | 'informationViewer' | 'informationAdministrator'): Promise<ActivationSlip> =>
    identity.ask(createAccount, { role }, centre);
  const logIn = (loginName: string, password: string) => identity.ask(createSession, { loginName, password });
  const resolve = (token: string) => identity.fromGateway(resolveSession, { token });
  const etagOf = async (accountId: string) => (await identity.ask(readAccount, { accountId }, centre)).etag;

  describe('activation', () => {
    test('a code is good once', async () => {
      const slip = await slipFor('informationViewer');
      await identity.activate(slip);
      const again = identity.ask(redeemActivation, { code: slip.code, password: anotherPassword });
      expect(await refusalOf(again)).toBe('identity.activation_code_invalid');
    });

    test('of many who redeem one code at once exactly one does', async () => {
      const slip = await slipFor('informationViewer');
      const person = { name: '王五', document: aDocument() };
      const tries = Array.from({ length: 8 }, () =>
        identity.ask(redeemActivation, { code: slip.code, password: goodPassword, ...person }),
      );
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    });

    test('one code redeemed at once for two persons binds one of them', async () => {
      const slip = await slipFor('informationViewer');
      const bound = async () => (await identity.rows<{ id: string }>(`select id from person`)).map((row) => row.id);
      const before = await bound();
      const tries = ['王五', '赵六'].map((name) =>
        identity.ask(redeemActivation, { code: slip.code, password: goodPassword, name, document: aDocument() }),
      );
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
      const [account] = await identity.rows<{ person_id: string }>(`select person_id from account where id = $1`, [
        slip.accountId,
      ]);
      expect((await bound()).filter((id) => !before.includes(id))).toEqual([account?.person_id]);
    });

    test('a new slip voids the old one', async () => {
      const old = await slipFor('informationViewer');
      const fresh = await identity.ask(issueSlip, { accountId: old.accountId }, centre);
      const late = identity.ask(redeemActivation, {
        code: old.code,
        password: goodPassword,
        name: '李四',
        document: aDocument(),
      });
      expect(await refusalOf(late)).toBe('identity.activation_code_invalid');
      expect((await identity.activate(fresh)).caller.accountId).toBe(old.accountId);
    });

    test('a code that ran out is refused', async () => {
      const slip = await slipFor('informationViewer');
      await identity.rows(`update activation_code set expires_at = now() - interval '1 second' where account_id = $1`, [
        slip.accountId,
      ]);
      const late = identity.ask(redeemActivation, {
        code: slip.code,
        password: goodPassword,
        name: '李四',
        document: aDocument(),
      });
      expect(await refusalOf(late)).toBe('identity.activation_code_invalid');
    });

    test('who is not yet bound says who he is, with a sound document and a strong password', async () => {
      const slip = await slipFor('informationViewer');
      const redeem = (more: object) =>
        refusalOf(identity.ask(redeemActivation, { code: slip.code, password: goodPassword, ...more }));
      expect(await redeem({})).toBe('identity.person_required');
      expect(await redeem({ name: '赵六', document: { type: '1', number: '331181199002290032' } })).toBe(
        'identity.document_invalid',
      );
      expect(await redeem({ name: '赵六', document: aDocument(), password: 'Password123' })).toBe(
        'identity.password_weak',
      );
      await identity.activate(slip, '赵六');
    });

    test('two accounts of one human meet in one person, and may not be administrator and auditor', async () => {
      const document = aDocument();
      const viewer = await identity.activate(await slipFor('informationViewer'), '钱七', document);
      const filler = await identity.activate(await slipFor('informationAdministrator'), '钱 七', document);
      expect(filler.caller.personId).toBe(viewer.caller.personId);
      const stranger = await slipFor('informationViewer');
      const other = identity.ask(redeemActivation, {
        code: stranger.code,
        password: goodPassword,
        name: '孙八',
        document,
      });
      expect(await refusalOf(other)).toBe('identity.person_not_verified');
      const mine = (
        await identity.rows<{ document: string }>(`select document from person where id = $1`, [viewer.caller.personId])
      )[0];
      expect(mine?.document).not.toContain(document.number);
    });

    test('三员分立: who administers cannot activate an auditor', async () => {
      const document = aDocument();
      await identity.activate(
        await identity.ask(createAccount, { role: 'systemAdministrator' }, centre),
        '周九',
        document,
      );
      const slip = await slipFor('auditor');
      const both = identity.ask(redeemActivation, { code: slip.code, password: goodPassword, name: '周九', document });
      expect(await refusalOf(both)).toBe('identity.roles_apart');
    });
  });

  describe('log-in', () => {
    test('unknown name, wrong password and not activated say the same', async () => {
      const waiting = await slipFor('informationViewer');
      for (const name of ['nobody@000000', centre.slip.loginName, waiting.loginName])
        expect(await refusalOf(logIn(name, 'wrong password'))).toBe(refusedLogIn);
    });

    test('five failures lock; the right password is refused with the same words, and trying does not prolong it', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const name = user.slip.loginName;
      for (let n = 0; n < 5; n++) expect(await refusalOf(logIn(name, 'wrong password'))).toBe(refusedLogIn);
      expect(await refusalOf(logIn(name, goodPassword))).toBe(refusedLogIn);
      const locked = (await identity.ask(readAccount, { accountId: user.caller.accountId }, centre)).lockedUntil;
      expect(await refusalOf(logIn(name, 'wrong password'))).toBe(refusedLogIn);
      expect((await identity.ask(readAccount, { accountId: user.caller.accountId }, centre)).lockedUntil).toBe(locked);
      await eventually(() => logIn(name, goodPassword), 'it unlocks by itself');
    });

    test('twenty guesses at once count as five', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      await Promise.allSettled(Array.from({ length: 20 }, () => logIn(user.slip.loginName, 'wrong password')));
      const [row] = await identity.rows<{ locked: boolean }>(
        `select locked_until > now() as locked from account where id = $1`,
        [user.caller.accountId],
      );
      expect(row?.locked).toBe(true);
    });

    test('its system administrator unlocks it', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      for (let n = 0; n < 5; n++) await refusalOf(logIn(user.slip.loginName, 'wrong password'));
      await identity.ask(unlockAccount, { accountId: user.caller.accountId }, centre);
      await logIn(user.slip.loginName, goodPassword);
    });

    test('failures are audited without the name that was typed', async () => {
      await refusalOf(logIn('331102198001010019', 'wrong password'));
      const rows = await identity.rows(
        `select * from audit_event where what = 'identity.session.create' and result = $1`,
        [refusedLogIn],
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain('331102198001010019');
    });

    test('neither tokens nor codes nor passwords are stored as they are', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const dump = JSON.stringify([
        await identity.rows('select * from session'),
        await identity.rows('select * from activation_code'),
        await identity.rows('select * from account'),
        await identity.rows('select * from idempotency'),
      ]);
      for (const secret of [user.sessionToken, user.slip.code, user.slip.code.replaceAll('-', ''), goodPassword])
        expect(dump).not.toContain(secret);
      expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    });

    test('a log-in is not answered twice under one key', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const again = { loginName: user.slip.loginName, password: goodPassword };
      await identity.ask(createSession, again, undefined, { idempotencyKey: 'one-log-in' });
      expect(await refusalOf(identity.ask(createSession, again, undefined, { idempotencyKey: 'one-log-in' }))).toBe(
        'request.idempotency_already_done',
      );
    });
  });

  describe('revocation (A6)', () => {
    test('a disabled account is refused at the next request, and comes back with its password and without its sessions', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const { accountId } = user.caller;
      const disable = { accountId, status: 'disabled' as const, reason: '调离' };
      expect(await refusalOf(identity.ask(updateAccount, disable, centre))).toBe('request.version_required');
      expect(await refusalOf(identity.ask(updateAccount, disable, centre, { ifMatch: '"99"' }))).toBe(
        'request.stale_version',
      );
      await identity.ask(updateAccount, disable, centre, { ifMatch: `"${await etagOf(accountId)}"` });
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
      expect(await refusalOf(identity.fromRecords(renewCaller, { accountId, postId: user.caller.postId }))).toBe(
        'identity.session_ended',
      );
      expect(await refusalOf(logIn(user.slip.loginName, goodPassword))).toBe(refusedLogIn);
      await identity.ask(updateAccount, { accountId, status: 'enabled' }, centre, { ifMatch: await etagOf(accountId) });
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
      await logIn(user.slip.loginName, goodPassword);
    });

    test('nobody disables himself', async () => {
      const { accountId } = centre.caller;
      const self = identity.ask(updateAccount, { accountId, status: 'disabled' }, centre, {
        ifMatch: await etagOf(accountId),
      });
      expect(await refusalOf(self)).toBe('identity.not_yourself');
    });

    test('an ended post is refused at the next request', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      await identity.ask(endPost, { accountId: user.caller.accountId, postId: user.caller.postId }, centre);
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
      expect(await refusalOf(logIn(user.slip.loginName, goodPassword))).toBe('identity.no_post');
    });

    test('a caller token lives twelve seconds, and asking again does not extend it', async () => {
      const first = await resolve(centre.sessionToken);
      const left = Date.parse(first.callerExpiresAt) - Date.now();
      expect(left).toBeGreaterThan(10_000);
      expect(left).toBeLessThanOrEqual(12_000);
      expect((await resolve(centre.sessionToken)).callerToken).not.toBe('');
    });

    test('an idle session ends; looking at it from an open stream does not keep it', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const ago = (seconds: number) =>
        identity.rows(`update session set seen_at = now() - make_interval(secs => $2) where account_id = $1`, [
          user.caller.accountId,
          seconds,
        ]);
      await ago(800);
      await identity.fromGateway(resolveSession, { token: user.sessionToken, passive: true });
      await ago(901);
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
    });

    test('use keeps a session, until its absolute end', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const of = [user.caller.accountId];
      await identity.rows(`update session set seen_at = now() - interval '800 seconds' where account_id = $1`, of);
      await resolve(user.sessionToken);
      const [row] = await identity.rows<{ fresh: boolean }>(
        `select seen_at > now() - interval '10 seconds' as fresh from session where account_id = $1`,
        of,
      );
      expect(row?.fresh).toBe(true);
      await identity.rows(`update session set ends_at = now() - interval '1 second' where account_id = $1`, of);
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
    });

    test('logging out ends the session', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      await identity.ask(endSession, { token: user.sessionToken }, user);
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
    });

    test('another account’s token ends nothing', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      await identity.ask(endSession, { token: centre.sessionToken }, user);
      await resolve(centre.sessionToken);
    });
  });

  describe('password', () => {
    test('changing it ends the other sessions and keeps this one', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const other = await identity.logIn(user.slip);
      const change = (currentPassword: string, newPassword: string) =>
        identity.ask(changePassword, { currentPassword, newPassword, token: user.sessionToken }, user);
      expect(await refusalOf(change('wrong password', anotherPassword))).toBe('identity.password_wrong');
      expect(await refusalOf(change(goodPassword, 'Password123'))).toBe('identity.password_weak');
      expect(await refusalOf(change(goodPassword, `${goodPassword}!`))).toBe('identity.password_weak');
      await change(goodPassword, anotherPassword);
      const [told] = await identity.rows<{ moved: boolean }>(
        `select sessions_from >= password_set_at as moved from account where id = $1`,
        [user.caller.accountId],
      );
      expect(told?.moved).toBe(true);
      await resolve(user.sessionToken);
      expect(await refusalOf(resolve(other.sessionToken))).toBe('identity.session_ended');
      expect(await refusalOf(logIn(user.slip.loginName, goodPassword))).toBe(refusedLogIn);
      await logIn(user.slip.loginName, anotherPassword);
    });

    test('of two changes at once one holds, the other one no longer knows the password', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const outcomes = await Promise.all(
        [anotherPassword, `${anotherPassword}d`].map((newPassword) =>
          refusalOf(
            identity.ask(
              changePassword,
              { currentPassword: goodPassword, newPassword, token: user.sessionToken },
              user,
            ),
          ),
        ),
      );
      expect(outcomes.sort()).toEqual(['identity.password_wrong', 'was not refused']);
    });

    test('an administrator’s runs out after ninety days', async () => {
      const user = await identity.activate(await slipFor('informationAdministrator'));
      expect((await resolve(user.sessionToken)).mustChangePassword).toBe(false);
      await identity.rows(`update account set password_set_at = now() - interval '91 days' where id = $1`, [
        user.caller.accountId,
      ]);
      expect((await resolve(user.sessionToken)).mustChangePassword).toBe(true);
      expect((await logIn(user.slip.loginName, goodPassword)).mustChangePassword).toBe(true);
    });

    test('a new slip for an account in use resets it', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const slip = await identity.ask(issueSlip, { accountId: user.caller.accountId }, centre);
      expect(await refusalOf(resolve(user.sessionToken))).toBe('identity.session_ended');
      expect(await refusalOf(logIn(user.slip.loginName, goodPassword))).toBe(refusedLogIn);
      await identity.ask(redeemActivation, { code: slip.code, password: anotherPassword });
      await logIn(user.slip.loginName, anotherPassword);
    });
  });

  describe('several posts', () => {
    test('one log-in, switchable; a strange post is not found', async () => {
      const user = await identity.activate(await slipFor('informationViewer'));
      const { accountId } = user.caller;
      const granted = await identity.ask(grantPost, { accountId, role: 'informationAdministrator' }, centre);
      const wanted = granted.posts.find((post) => post.role === 'informationAdministrator')!;
      expect(await refusalOf(identity.ask(grantPost, { accountId, role: 'informationAdministrator' }, centre))).toBe(
        'identity.post_held',
      );
      await identity.ask(switchPost, { postId: wanted.id, token: user.sessionToken }, user);
      const caller = await identity.callerOf((await resolve(user.sessionToken)).callerToken);
      expect(caller).toMatchObject({
        role: 'informationAdministrator',
        postId: wanted.id,
        personId: user.caller.personId,
      });
      const strange = identity.ask(switchPost, { postId: centre.caller.postId, token: user.sessionToken }, user);
      expect(await refusalOf(strange)).toBe('identity.post_not_found');
    });

    test('administrator and auditor are not one account', async () => {
      const user = await identity.activate(await slipFor('auditor'));
      const both = identity.ask(grantPost, { accountId: user.caller.accountId, role: 'systemAdministrator' }, centre);
      expect(await refusalOf(both)).toBe('identity.roles_apart');
    });

    test('me names the account, the person and the post', async () => {
      const me = await identity.ask(readMe, {}, centre);
      expect(me).toMatchObject({
        name: '张三',
        post: { role: 'systemAdministrator', organisation: '000000', current: true },
      });
    });
  });
});
