import { listProgressCounts, reportingRefusals } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { eventually } from '@shidang/testing';
import { aDocument, goodPassword, IdentityProcess, RunningGateway } from './gateway.testing';

interface Slip {
  accountId: string;
  loginName: string;
  code: string;
}

interface Problem {
  code: string;
  status: number;
  traceId: string;
  instance: string;
  detail: string;
  errors?: { pointer: string; code: string }[];
}

describe('the gateway before identity', () => {
  let gateway: RunningGateway;
  let identity: IdentityProcess;
  let centre: { token: string; accountId: string };

  async function activated(slip: Pick<Slip, 'loginName' | 'code'>): Promise<{ token: string; accountId: string }> {
    const redeemed = await gateway.post('/activations', {
      code: slip.code,
      password: goodPassword,
      name: '张三',
      document: aDocument(),
    });
    expect(redeemed.status).toBe(201);
    const { body } = await gateway.post<{ token: string; account: { id: string } }>('/sessions', {
      loginName: slip.loginName,
      password: goodPassword,
    });
    return { token: body.token, accountId: body.account.id };
  }

  /** A user of the centre in this role. */
  async function centralUser(role: string): Promise<{ token: string; accountId: string }> {
    const { status, body } = await gateway.post<Slip & Record<string, unknown>>(
      '/accounts',
      { role },
      { token: centre.token },
    );
    expect([status, body]).toEqual([201, expect.objectContaining({ role })]);
    return activated(body);
  }

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    identity = await IdentityProcess.start(gateway.nats);
    centre = await activated(await identity.firstAdministrator());
  }, 60_000);

  afterAll(async () => {
    await identity?.stop();
    await gateway?.stop();
  });

  describe('sessions', () => {
    it('tells who one is', async () => {
      const { status, body, headers } = await gateway.ask<{ post: { role: string } }>('/me', { token: centre.token });
      expect([status, body.post.role]).toEqual([200, 'systemAdministrator']);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    });

    it.each([
      ['no token', {}],
      ['an invented token', { authorization: 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
      ['a scheme that is not ours', { authorization: 'Basic eDp5' }],
      ['an invented cookie', { cookie: 'shidang_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ])('refuse %s', async (_, headers) => {
      const refused = await gateway.ask<Problem>('/me', { headers: headers as Record<string, string> });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    });

    it('come as a cookie no script reads, and write only with the proof beside it', async () => {
      const { loginName } = await gateway
        .ask<{ account: { loginName: string } }>('/me', { token: centre.token })
        .then(({ body }) => body.account);
      const began = await gateway.post('/sessions', { loginName, password: goodPassword });
      expect(began.status).toBe(201);
      const [session, csrf] = began.headers.getSetCookie();
      expect(session).toMatch(/^shidang_session=[\w-]+; .*SameSite=Strict; HttpOnly$/);
      expect(csrf).toMatch(/^shidang_csrf=/);
      expect(csrf).not.toContain('HttpOnly');
      const cookie = `${session!.split(';')[0]}; ${csrf!.split(';')[0]}`;
      expect((await gateway.ask('/me', { headers: { cookie } })).status).toBe(200);
      const leave = (headers: Record<string, string>) =>
        gateway.ask<Problem>('/sessions/current', { method: 'DELETE', headers: { cookie, ...headers } });
      expect((await leave({})).body.code).toBe('gateway.csrf_token_missing');
      expect((await leave({ 'x-csrf-token': 'guessed' })).body.code).toBe('gateway.csrf_token_missing');
      expect((await leave({ 'x-csrf-token': csrf!.split(/[=;]/)[1]! })).status).toBe(204);
      expect((await gateway.ask('/me', { headers: { cookie } })).status).toBe(401);
    });

    it('prove the post they act in: what another tab held back does not go out under the next one', async () => {
      const { body: slip } = await gateway.post<Slip>(
        '/accounts',
        { role: 'informationViewer' },
        { token: centre.token },
      );
      await activated(slip);
      const granting = { role: 'informationAdministrator', organisation: '000000' };
      const granted = await gateway.post(`/accounts/${slip.accountId}/posts`, granting, { token: centre.token });
      expect(granted.status).toBe(201);
      const began = await gateway.post<{ account: { posts: { id: string; current: boolean }[] } }>('/sessions', {
        loginName: slip.loginName,
        password: goodPassword,
      });
      const proofIn = (headers: Headers) =>
        headers
          .getSetCookie()
          .find((each) => each.startsWith('shidang_csrf='))!
          .split(/[=;]/)[1]!;
      const cookie = began.headers.getSetCookie()[0]!.split(';')[0]!;
      const wanted = began.body.account.posts.find(({ current }) => !current)!;
      const actAs = (postId: string, proof: string) =>
        gateway.ask<Problem>('/sessions/current/post', {
          method: 'PUT',
          body: { postId },
          headers: { cookie, 'x-csrf-token': proof },
        });
      const [before, switched] = [proofIn(began.headers), await actAs(wanted.id, proofIn(began.headers))];
      expect(switched.status).toBe(200);
      expect((await actAs(wanted.id, before)).body.code).toBe('gateway.csrf_token_missing');
      expect((await actAs(wanted.id, proofIn(switched.headers))).status).toBe(200);
      const { headers } = await gateway.ask('/me', { headers: { cookie } });
      expect(proofIn(headers)).toBe(proofIn(switched.headers));
    });

    it('end within 2 s when the account is disabled', async () => {
      const viewer = await centralUser('informationViewer');
      expect((await gateway.ask('/me', { token: viewer.token })).status).toBe(200);
      const read = await gateway.ask(`/accounts/${viewer.accountId}`, { token: centre.token });
      const disabled = await gateway.ask(`/accounts/${viewer.accountId}`, {
        method: 'PATCH',
        token: centre.token,
        body: { status: 'disabled' },
        headers: { 'if-match': read.headers.get('etag') ?? '' },
      });
      expect(disabled.status).toBe(200);
      const from = Date.now();
      await eventually(
        async () => (await gateway.ask('/me', { token: viewer.token })).status === 401,
        'a disabled account is refused',
      );
      expect(Date.now() - from).toBeLessThan(2_000);
    });
  });

  describe('permission', () => {
    it('is refused at the door, and the attempt is in the audit', async () => {
      const viewer = await centralUser('informationViewer');
      const refused = await gateway.post<Problem>('/accounts', { role: 'informationViewer' }, { token: viewer.token });
      expect([refused.status, refused.body.code]).toEqual([403, 'request.forbidden']);
      const noted = await asAdmin(identity.database.adminUrl, (client) =>
        client.query(
          `select from audit_event where account_id = $1 and what = 'identity.account.create' and result = 'request.forbidden'`,
          [viewer.accountId],
        ),
      );
      expect(noted.rowCount).toBe(1);
    });
  });

  describe('writes', () => {
    const province = { code: '330000', name: '浙江省教育厅' };

    it('answer what was made, where it is and its version; once per key', async () => {
      const asked = { token: centre.token, headers: { 'idempotency-key': 'found-330000' } };
      const made = await gateway.post('/organisations', province, asked);
      expect(made.status).toBe(201);
      expect(made.headers.get('location')).toBe('/api/v1/organisations/330000');
      expect(made.headers.get('etag')).toBe(`"${String(made.body['etag'])}"`);
      const again = await gateway.post('/organisations', province, asked);
      expect([again.status, again.body]).toEqual([201, made.body]);
      const other = await gateway.post<Problem>('/organisations', { ...province, name: '别的名称' }, asked);
      expect([other.status, other.body.code]).toEqual([422, 'request.idempotency_other_body']);
    });

    it('need the version that was read', async () => {
      const rename = (headers: Record<string, string>) =>
        gateway.ask<Problem & { name: string }>('/organisations/330000', {
          method: 'PATCH',
          token: centre.token,
          body: { name: '浙江省教育厅（新）' },
          headers,
        });
      expect((await rename({})).status).toBe(428);
      expect((await rename({ 'if-match': '"0"' })).status).toBe(412);
      const { headers } = await gateway.ask('/organisations/330000', { token: centre.token });
      expect((await rename({ 'if-match': headers.get('etag') ?? '' })).body.name).toBe('浙江省教育厅（新）');
    });

    it('refuse what the contract does not know, with a pointer', async () => {
      const refused = await gateway.post<Problem>(
        '/organisations',
        { code: '330100', name: '杭州市教育局', orgPath: '0.' },
        { token: centre.token },
      );
      expect(refused.status).toBe(400);
      expect(refused.body.errors).toEqual([
        expect.objectContaining({ pointer: '/orgPath', code: 'request.unknown_property' }),
      ]);
    });
  });

  describe('lists', () => {
    it('link to the next page', async () => {
      const first = await gateway.ask<{ items: unknown[]; page: { next?: string } }>('/accounts?limit=1', {
        token: centre.token,
      });
      expect([first.status, first.body.items.length]).toEqual([200, 1]);
      const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1];
      expect(next).toContain('limit=1');
      const second = await gateway.ask<{ items: unknown[] }>(next!.replace('/api/v1', ''), { token: centre.token });
      expect(second.body.items).not.toEqual(first.body.items);
    });

    it('refuse a page that is too large', async () => {
      expect((await gateway.ask('/accounts?limit=201', { token: centre.token })).status).toBe(400);
    });
  });

  describe('an answer that is ready-made', () => {
    // other spaces than JSON.stringify would make: it has not been read on its way
    const made =
      '{"columns" : [],  "items":[{"code":"2133110001","name":"瓯江\\"小学\\"㛃","counts":[1,2],"overdue":false}]}';
    const path = '/progress/331100/counts?level=schools';
    let token: string;

    beforeAll(async () => {
      ({ token } = await centralUser('informationViewer'));
      await gateway.answersReadyMade(listProgressCounts, ({ code, level }) => {
        if (code !== '331100' || level !== 'schools') throw reportingRefusals.organisationNotFound({});
        return made;
      });
    });

    it('leaves as the bytes that came, under the headers of any answer', async () => {
      const response = await fetch(`${gateway.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect([response.status, await response.text()]).toEqual([200, made]);
      const other = await gateway.ask('/me', { token });
      const named = (headers: Headers) =>
        Object.fromEntries([...headers].filter(([name]) => !/^(date|content-length|x?-?ratelimit.*)$/.test(name)));
      expect(named(response.headers)).toEqual(named(other.headers));
      expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(made)));
    });

    it('is refused as any other: without a session, out of scope, asked wrongly', async () => {
      expect((await gateway.ask(path)).status).toBe(401);
      const foreign = await gateway.ask<Problem>('/progress/331121/counts?level=schools', { token });
      expect([foreign.status, foreign.body.code]).toEqual([404, 'reporting.organisation_not_found']);
      expect(foreign.headers.get('content-type')).toContain('application/problem+json');
    });
  });

  it('tells what is out of scope as what does not exist', async () => {
    const { body } = await gateway.post<{ slips: Slip[] }>(
      '/account-batches',
      { organisations: ['330000'], role: 'systemAdministrator' },
      { token: centre.token },
    );
    const below = await activated(body.slips[0]!);
    const told = async (id: string) => {
      const { status, body } = await gateway.ask<Problem>(`/accounts/${id}`, { token: below.token });
      const { traceId, instance, ...rest } = body;
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(instance).toBe(`/api/v1/accounts/${id}`);
      return { status, rest };
    };
    const outOfScope = await told(centre.accountId);
    expect(outOfScope.status).toBe(404);
    expect(await told('0197b0a5-0000-7000-8000-000000000000')).toEqual(outOfScope);
  });
});
