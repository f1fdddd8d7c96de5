import { shidangClient, type ClientSettings } from './client';
import { answer, RefusedByServer } from './problem';

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

function clientAnswering(response: () => Response, settings: Partial<ClientSettings> = {}) {
  const seen: Request[] = [];
  const client = shidangClient({
    baseUrl: 'http://shidang.test',
    fetch: async (request) => {
      seen.push(request);
      return response();
    },
    ...settings,
  });
  return { client, seen };
}

describe('the client', () => {
  it('sends the bearer token and the language', async () => {
    const { client, seen } = clientAnswering(() => json(200, {}), { token: () => 'secret-token', language: 'en' });
    await answer(client.GET('/api/v1/me'));
    expect(seen[0]?.url).toBe('http://shidang.test/api/v1/me');
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer secret-token');
    expect(seen[0]?.headers.get('accept-language')).toBe('en');
    expect(seen[0]?.headers.has('idempotency-key')).toBe(false);
  });

  it('sends a key of its own with every write, and keeps one that is given', async () => {
    const { client, seen } = clientAnswering(() => json(200, {}));
    await client.POST('/api/v1/notices/read');
    await client.POST('/api/v1/notices/read');
    await client.POST('/api/v1/notices/read', { params: { header: { 'Idempotency-Key': 'mine' } } });
    const keys = seen.map((request) => request.headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('mine');
  });

  it('proves a cookie session on writes only', async () => {
    const { client, seen } = clientAnswering(() => json(200, {}), { csrfToken: () => 'proof' });
    await client.GET('/api/v1/me');
    await client.DELETE('/api/v1/sessions/current');
    expect(seen.map((request) => request.headers.get('x-csrf-token'))).toEqual([null, 'proof']);
  });

  it('throws a refusal as its problem', async () => {
    const problem = {
      type: '',
      title: '',
      status: 503,
      detail: 'later',
      instance: '',
      code: 'request.unavailable',
      traceId: 't',
    };
    const { client } = clientAnswering(() => json(503, problem, { 'retry-after': '2' }));
    const refused = await answer(client.GET('/api/v1/me')).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedByServer);
    expect(refused).toMatchObject({ problem: { code: 'request.unavailable' }, retryAfter: 2 });
  });

  it('makes a problem of what a proxy answers', async () => {
    const { client } = clientAnswering(() => new Response('<html>', { status: 502 }));
    await expect(answer(client.GET('/api/v1/me'))).rejects.toMatchObject({
      problem: { status: 502, code: 'http.unexpected_answer' },
    });
  });

  it('answers an empty success with nothing', async () => {
    const { client } = clientAnswering(() => new Response(null, { status: 204 }));
    await expect(answer(client.DELETE('/api/v1/sessions/current'))).resolves.toBeUndefined();
  });
});
