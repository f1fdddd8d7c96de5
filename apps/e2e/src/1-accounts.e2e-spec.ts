import { Door, type Problem } from './door';
import { schools } from './lishui';
import { password, type Slip } from './people';
import { scenario } from './scenario';

/** 工作方案 五(一): accounts issued step by step down five tiers. */
const people = scenario('accounts');

/** One more viewer at the city, whom a test may lock or disable without disturbing anybody. */
async function viewer(): Promise<Slip & { door: Door }> {
  const slip = await people
    .at('systemAdministrator@331100')
    .must<Slip>('POST', '/accounts', { body: { role: 'informationViewer', organisation: '331100' } });
  return { ...slip.body, door: await people.activate(`viewer:${slip.body.loginName}`, slip.body) };
}

const code = (answer: { body: unknown }) => (answer.body as Problem).code;

it('every tier got its accounts from the one above, down to the school', async () => {
  for (const organisation of ['330000', '331100', '331102', schools.liandu, schools.cityRun]) {
    const me = await people.at(`systemAdministrator@${organisation}`).get<{ post: { organisation: string } }>('/me');
    expect(me.body.post.organisation).toBe(organisation);
  }
});

it('a city-run school hangs under the city, not under a county', async () => {
  const school = await people
    .at('systemAdministrator@331100')
    .get<Record<string, string>>(`/organisations/${schools.cityRun}`);
  expect(school.body).toMatchObject({ parent: '331100', orgPath: '0.33.3311.3133110001.' });
});

it('a batch previews who exists and issues the rest as slips that hold no password', async () => {
  const city = people.at('systemAdministrator@331100');
  await city.must('POST', '/organisations', { body: { code: '331122', name: '缙云县' } });
  const batch = { organisations: ['331102', '331122'], role: 'systemAdministrator' };
  const preview = await city.must('POST', '/account-batches/preview', { body: batch });
  expect(preview.body).toMatchObject({ toIssue: 1, skipped: 1 });
  const issued = await city.must<{ slips: { code: string; organisation: string }[] }>('POST', '/account-batches', {
    body: batch,
  });
  expect(issued.body.slips.map((slip) => slip.organisation)).toEqual(['331122']);
  expect(JSON.stringify(issued.body)).not.toMatch(/password/i);
});

it('an activation code works once, and a new slip voids the old one', async () => {
  const city = people.at('systemAdministrator@331100');
  const slip = await city.must<{ code: string; accountId: string }>('POST', '/accounts', {
    body: { role: 'informationViewer', organisation: '331100' },
  });
  const renewed = await city.must<{ code: string }>('POST', `/accounts/${slip.body.accountId}/activation-slips`, {
    body: {},
  });
  const outside = new Door(people.url);
  const person = people.somebody();
  const redeem = (secret: string) =>
    outside.post('/activations', { code: secret, password, name: person.name, document: person.document });
  expect(code(await redeem(slip.body.code))).toBe('identity.activation_code_invalid');
  expect((await redeem(renewed.body.code)).status).toBe(201);
  expect(code(await redeem(renewed.body.code))).toBe('identity.activation_code_invalid');
});

it.each([
  ['a county two tiers below', 'systemAdministrator@330000', { role: 'systemAdministrator', organisation: '331102' }],
  [
    'an information administrator of the tier below',
    'systemAdministrator@331100',
    { role: 'informationAdministrator', organisation: '331102' },
  ],
  ['a sibling county', 'systemAdministrator@331102', { role: 'systemAdministrator', organisation: '331121' }],
  ['the tier above', 'systemAdministrator@331102', { role: 'systemAdministrator', organisation: '331100' }],
])('nobody issues for %s', async (_, who, body) => {
  const answer = await people.at(who).post('/accounts', body);
  expect([403, 404]).toContain(answer.status);
});

it('who may not issue at all is refused, as a problem with a code', async () => {
  const answer = await people
    .at('informationAdministrator@331102')
    .post('/accounts', { role: 'informationViewer', organisation: '331102' });
  expect(answer.status).toBe(403);
  expect(code(answer)).toBe('request.forbidden');
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

it('five wrong passwords lock the account, with the same words as for an unknown name', async () => {
  const outside = new Door(people.url);
  const attempt = (loginName: string, secret: string) => outside.post('/sessions', { loginName, password: secret });
  const { loginName: known } = await viewer();
  for (let i = 0; i < 5; i++) expect((await attempt(known, 'Wrong-2016!')).status).toBe(401);
  const locked = await attempt(known, password);
  const unknown = await attempt('nobody@331121', password);
  expect(locked.status).toBe(401);
  const sentence = ({ code, detail, title }: Record<string, unknown>) => ({ code, detail, title });
  expect(sentence(locked.body)).toEqual(sentence(unknown.body));
});

it('a disabled account is refused within two seconds, also with a session that is open', async () => {
  const city = people.at('systemAdministrator@331100');
  const { accountId, door: session } = await viewer();
  expect((await session.get('/me')).status).toBe(200);
  const account = await city.must('GET', `/accounts/${accountId}`);
  const body = { status: 'disabled', reason: '离任' };
  await city.must('PATCH', `/accounts/${accountId}`, { body, ifMatch: account.etag });
  const disabledAt = Date.now();
  let answer = await session.get('/me');
  while (answer.status === 200 && Date.now() - disabledAt < 5_000) answer = await session.get('/me');
  expect(answer.status).toBe(401);
  expect(Date.now() - disabledAt).toBeLessThan(2_000);
});
