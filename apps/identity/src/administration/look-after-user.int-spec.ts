import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createSession, redeemActivation, type ActivationSlip } from '@shidang/contracts';
import { runOf } from '@shidang/dev';
import { environmentFor, ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { goodPassword, refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';
import { userCare } from './look-after-user';
import { printedBy } from './verb.testing';

const main = runOf('identity');

describe('user unlock, user reset', () => {
  let identity: RunningIdentity;
  let suite: ServiceSuite;
  let env: NodeJS.ProcessEnv;
  let centre: SignedIn;

  beforeAll(async () => {
    suite = await ServiceSuite.start(identityService);
    identity = await RunningIdentity.on(suite);
    env = { ...(await environmentFor('identity', suite)), SHIDANG_REASON: 'locked out on the last evening' };
    centre = await identity.centre();
  }, 60_000);
  afterAll(() => identity?.stop());

  const user = (...args: string[]) => promisify(execFile)(process.execPath, [...main, 'user', ...args], { env });
  const loginName = () => centre.slip.loginName;
  const logIn = (password: string) =>
    refusalOf(identity.ask(createSession, { loginName: loginName(), password }).then(() => undefined));

  test('let in at once who was locked out; the audit says who did it, and why', async () => {
    for (let n = 0; n < 5; n += 1) await logIn('wrong-password-1');
    expect(await logIn(goodPassword)).toBe('identity.log_in_failed');
    await user('unlock', loginName());
    expect(await logIn(goodPassword)).toBe('was not refused');
    const [row] = await identity.rows<{ address: string; reason: string; object: string }>(
      `select address, reason, object from audit_event where what = 'cli.user-unlock'`,
    );
    expect(row).toEqual({
      address: expect.stringMatching(/^cli:\S+@\S+$/) as string,
      reason: 'locked out on the last evening',
      object: `account:${centre.caller.accountId}`,
    });
  }, 60_000);

  test('a reset ends the password; its code sets another', async () => {
    const printed = await printedBy(() => userCare(suite.running.app, ['reset', loginName(), '--json']));
    const slip = JSON.parse(printed) as ActivationSlip;
    expect(await logIn(goodPassword)).toBe('identity.log_in_failed');
    await identity.ask(redeemActivation, { code: slip.code, password: 'Another-Xk7-mPwq' });
    expect(await logIn('Another-Xk7-mPwq')).toBe('was not refused');
  }, 60_000);

  test('a name nobody has is refused with a sentence', async () => {
    await expect(user('unlock', 'nobody@000000')).rejects.toMatchObject({ code: 2 });
  }, 60_000);
});
