import type { Caller } from '@shidang/access';
import { generateKeyPairSync } from 'node:crypto';
import { CallerSigner, callerTokenSeconds, CallerVerifier } from './caller-token';

const pair = () =>
  generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const caller: Caller = {
  accountId: '0197a1b2-0000-7000-8000-000000000001',
  personId: '0197a1b2-0000-7000-8000-000000000002',
  postId: '0197a1b2-0000-7000-8000-000000000003',
  role: 'principal',
  tier: 'school',
  orgPath: '0.33.3311.331102.2133001234.',
  orgCode: '2133001234',
};
const identity = pair();

describe('the signed caller', () => {
  let verifier: CallerVerifier;
  let token: string;
  beforeEach(async () => {
    verifier = await CallerVerifier.from(identity.publicKey);
    token = await (await CallerSigner.from(identity.privateKey)).sign(caller);
  });
  afterEach(() => jest.useRealTimers());

  test('is who identity said, each time the token comes', async () => {
    expect(await verifier.verify(token)).toEqual(caller);
    expect(await verifier.verify(token)).toEqual(caller);
  });

  test('ends with its token, though the token was verified before', async () => {
    await verifier.verify(token);
    jest.useFakeTimers({ now: Date.now() + callerTokenSeconds * 1000, doNotFake: ['nextTick', 'setImmediate'] });
    expect(await verifier.verify(token)).toBeNull();
  });

  test('cannot be changed by whoever was given it', async () => {
    const given = (await verifier.verify(token))!;
    expect(() => Object.assign(given, { orgPath: '0.' })).toThrow(TypeError);
    expect((await verifier.verify(token))!.orgPath).toBe(caller.orgPath);
  });

  test('signed by somebody else, cut or changed is nobody, also beside a good one', async () => {
    await verifier.verify(token);
    const foreign = await (await CallerSigner.from(pair().privateKey)).sign({ ...caller, orgPath: '0.' });
    const [head, , signature] = token.split('.');
    const wider = Buffer.from(JSON.stringify({ caller: { ...caller, orgPath: '0.' }, exp: 9e9 })).toString('base64url');
    for (const bad of [foreign, token.slice(0, -2), `${head}.${wider}.${signature}`, `${token}=`, ''])
      expect(await verifier.verify(bad)).toBeNull();
  });
});
