import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createSession, redeemActivation, type ActivationSlip } from '@shidang/contracts';
import { runOf } from '@shidang/dev';
import { environmentFor, ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { aDocument, goodPassword, RunningIdentity } from '../identity.testing';
import { administration } from './create-administrator';
import { printedBy } from './verb.testing';

const main = runOf('identity');

describe('admin create', () => {
  let identity: RunningIdentity;
  let suite: ServiceSuite;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    suite = await ServiceSuite.start(identityService);
    identity = await RunningIdentity.on(suite);
    env = await environmentFor('identity', suite);
  }, 60_000);
  afterAll(() => identity?.stop());

  const admin = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [...main, 'admin', ...args], { env });
    return stdout;
  };
  const slipOf = async (...args: string[]) =>
    JSON.parse(
      await printedBy(() => administration(suite.running.app, ['create', '--json', ...args])),
    ) as ActivationSlip;

  test('makes the centre and its first system administrator; until activated each run prints a new code', async () => {
    const first = await slipOf();
    const second = JSON.parse(await admin('create', '--json')) as ActivationSlip;
    expect(second).toMatchObject({ accountId: first.accountId, loginName: 'sys@000000', organisation: '000000' });
    const person = { name: '张三', document: aDocument(), password: goodPassword };
    await expect(identity.ask(redeemActivation, { code: first.code, ...person })).rejects.toThrow(
      'activation_code_invalid',
    );
    await identity.ask(redeemActivation, { code: second.code, ...person });
    const session = await identity.ask(createSession, { loginName: second.loginName, password: goodPassword });
    expect(session.account.posts).toMatchObject([{ role: 'systemAdministrator', tier: 'central' }]);
  }, 60_000);

  test('exits with 3 when there is one, and makes a further one when told to', async () => {
    await expect(admin('create')).rejects.toMatchObject({ code: 3 });
    expect((await slipOf('--another')).loginName).toBe('sys2@000000');
  }, 60_000);

  test('says how it is used', async () => {
    await expect(administration(suite.running.app, ['make'])).rejects.toThrow('usage: admin create');
  });
});
