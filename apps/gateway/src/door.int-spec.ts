import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createSession, identityRefusals } from '@shidang/contracts';
import { fromRoot } from '@shidang/dev';
import { RunningGateway } from './gateway.testing';

interface Problem {
  code: string;
  errors?: { code: string }[];
}

describe('the door, with nobody behind it', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await RunningGateway.start({ COOKIE_SECURE: '1' });
  }, 60_000);
  afterAll(() => gateway?.stop());

  const heard: unknown[] = [];
  let playing: Promise<void> | undefined;
  /** From here on somebody is behind it, once. */
  const playIdentity = () =>
    (playing ??= gateway.answers(createSession, (payload) => {
      heard.push(payload.loginName);
      throw identityRefusals.logInFailed({});
    }));
  const login = (body: unknown, headers: Record<string, string> = {}) =>
    gateway.post<Problem>('/sessions', body, { headers });

  it.each([
    ['a repeated key', '{"loginName":"a","loginName":"b","password":"c"}', 'request.duplicate_key'],
    ['depth 10,000', `{"loginName":${'['.repeat(10_000)}`, 'request.too_deep'],
    ['__proto__', '{"__proto__":{"role":"auditor"}}', 'request.forbidden_key'],
    ['NUL', '{"loginName":"a\\u0000"}', 'request.unsound_text'],
    ['a list', '[]', 'request.not_an_object'],
    ['half a text', '{"loginName"', 'request.not_json'],
  ])('refuses %s', async (_, body, code) => {
    const refused = await login(body);
    expect([refused.status, refused.body.code, refused.body.errors?.[0]?.code]).toEqual([
      400,
      'request.malformed',
      code,
    ]);
  });

  it('refuses a body over 1 MB', async () => {
    const refused = await login(JSON.stringify({ loginName: 'x'.repeat(1024 * 1024), password: 'y' }));
    expect([refused.status, refused.body.code]).toEqual([413, 'gateway.body_too_large']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('refuses %s', async (type) => {
    const refused = await login('{"loginName":"a","password":"b"}', { 'content-type': type });
    expect([refused.status, refused.body.code]).toEqual([415, 'gateway.unsupported_media_type']);
  });

  it('refuses a form where JSON is wanted', async () => {
    const form = new FormData();
    form.set('loginName', 'a');
    expect((await login(form)).status).toBe(415);
  });

  it('refuses a key or version it could not pass on', async () => {
    for (const headers of [{ 'idempotency-key': 'x'.repeat(201) }, { 'if-match': '"a", "b"' }]) {
      const refused = await login({ loginName: 'a', password: 'b' }, headers as unknown as Record<string, string>);
      expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([400, 'request.wrong_header']);
    }
  });

  it('says to come back when a service is away', async () => {
    const refused = await login({ loginName: 'a', password: 'b' }, { 'accept-language': 'en' });
    expect([refused.status, refused.body.code]).toEqual([503, 'request.unavailable']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-language')).toBe('en');
  });

  const oddPaths = [
    '/nowhere',
    '/teachers/1/secrets',
    '/%ff',
    '/teachers/%00',
    '/teachers/%zz',
    `/teachers/${'a'.repeat(201)}`,
  ];
  it.each(oddPaths)('answers %s as a problem, with the headers every answer has', async (path) => {
    const refused = await gateway.ask<Problem>(path);
    expect([400, 401, 404]).toContain(refused.status);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(refused.body)).not.toMatch(/Cannot|Error|stack|node_modules/);
  });

  it.each(['OPTIONS', 'PROPFIND'])('%s of a path that cannot be read has them too', async (method) => {
    const refused = await fetch(`${gateway.url}/api/v1/teachers/%ff`, { method });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('says where a request was traced', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const refused = await gateway.ask<Problem>('/me', { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } });
    expect(refused.body).toMatchObject({ traceId: trace });
  });

  it('serves the committed description and a page of it without scripts', async () => {
    const json = await fetch(`${gateway.url}/api/openapi.json`);
    expect(await json.text()).toBe(readFileSync(fromRoot('apps/gateway/openapi.json'), 'utf8'));
    for (const path of ['/docs', '/docs/refusals']) {
      const page = await fetch(`${gateway.url}${path}`);
      const html = await page.text();
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|style=|https?:\/\//);
    }
    expect(await (await fetch(`${gateway.url}/docs/refusals`)).text()).toContain('id="request.malformed"');
  });

  it.each([
    ['headers over 16 kB', `GET /api/v1/me HTTP/1.1\r\nHost: x\r\ncookie: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    ['what is not HTTP', 'HELO gateway\r\n\r\n', 400],
    [
      'two lengths of one body',
      'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
      400,
    ],
  ])('answers %s with a problem', async (_, text, status) => {
    const { hostname, port } = new URL(gateway.url);
    const answer = await new Promise<string>((settle, fail) => {
      let heard = '';
      const line = connect(Number(port), hostname, () => line.write(text));
      line
        .on('data', (piece) => (heard += piece.toString()))
        .on('close', () => settle(heard))
        .on('error', fail);
    });
    expect(answer.split('\r\n')[0]).toContain(` ${status} `);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ status, code: 'request.malformed' });
  });

  it.each([{ toString: 'x' }, null, ['a'], 7])('passes %j as a log-in name on to who refuses it', async (loginName) => {
    heard.length = 0;
    await playIdentity();
    const refused = await login({ loginName, password: 'b' });
    expect([refused.status, refused.body.code, heard]).toEqual([401, 'identity.log_in_failed', [loginName]]);
  });
});
