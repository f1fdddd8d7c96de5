import { steadyFetch, type Surroundings } from './steady-fetch';

type Step = Response | Error;

function steady(steps: Step[], around: Partial<Surroundings> = {}) {
  const sent: Request[] = [];
  const waits: number[] = [];
  const reasons: string[] = [];
  let over = 0;
  const fetch = steadyFetch({
    logInAgain: () => Promise.reject(new Error('nobody logs in')),
    passwordExpired: () => undefined,
    csrfToken: () => undefined,
    seated: () => 'me',
    recognise: () => Promise.reject(new Error('nobody logged in elsewhere')),
    waitsFor: (reason) => {
      reasons.push(reason);
      return () => void (over += 1);
    },
    wait: async (milliseconds) => void waits.push(milliseconds),
    fetch: async (request) => {
      sent.push(request);
      const step = steps.shift();
      if (!step) throw new Error('asked once too often');
      if (step instanceof Error) throw step;
      return step;
    },
    ...around,
  });
  return { fetch, sent, waits, reasons, left: steps, isOver: () => over === reasons.length };
}

const gone = () => new TypeError('fetch failed');
const at = (status: number, headers: Record<string, string> = {}, body: unknown = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const write = (headers: Record<string, string> = { 'idempotency-key': 'k' }) =>
  new Request('http://shidang.test/x', { method: 'POST', body: '{"name":"㛃"}', headers });
const read = () => new Request('http://shidang.test/x');

describe('steady fetch', () => {
  it('waits for a connection that is gone and sends the same write under the same key', async () => {
    const { fetch, sent, reasons, isOver } = steady([gone(), gone(), at(200)]);
    expect((await fetch(write())).status).toBe(200);
    expect(await Promise.all(sent.map((request) => request.text()))).toEqual(Array(3).fill('{"name":"㛃"}'));
    expect(sent.map((request) => request.headers.get('idempotency-key'))).toEqual(['k', 'k', 'k']);
    expect(reasons).toEqual(['lost', 'lost']);
    expect(isOver()).toBe(true);
  });

  it('never repeats a write without a key', async () => {
    const { fetch, sent } = steady([gone(), at(200)]);
    await expect(fetch(write({}))).rejects.toThrow('fetch failed');
    expect(sent).toHaveLength(1);
  });

  it('asks a busy server again when it says so, and not when the wait is long', async () => {
    const soon = steady([at(503, { 'retry-after': '2' }), at(200)]);
    expect((await soon.fetch(read())).status).toBe(200);
    expect(soon.waits).toEqual([2000]);
    const long = steady([at(429, { 'retry-after': '300' })]);
    expect((await long.fetch(read())).status).toBe(429);
  });

  it('gives up when patience ends, with the answer it has', async () => {
    const { fetch, isOver } = steady([at(503), at(503), at(503)], { busyPatience: 1_000 });
    expect((await fetch(read())).status).toBe(503);
    expect(isOver()).toBe(true);
    const lost = steady([gone(), gone(), gone()], { patience: 1_000 });
    await expect(lost.fetch(read())).rejects.toThrow('did not answer');
  });

  it('asks for the log-in when the session has ended, then sends the request with the new proof', async () => {
    let csrf = 'old';
    const { fetch, sent } = steady([at(401), at(200)], {
      logInAgain: async () => void (csrf = 'new'),
      csrfToken: () => csrf,
    });
    expect((await fetch(write())).status).toBe(200);
    expect(sent.map((request) => request.headers.get('x-csrf-token'))).toEqual(['old', 'new']);
    expect(await sent[1]?.text()).toBe('{"name":"㛃"}');
  });

  it('leaves the 401 when nobody logs in again', async () => {
    const { fetch } = steady([at(401)]);
    expect((await fetch(read())).status).toBe(401);
  });

  it('asks nobody to log in when nobody sits there, or somebody else by now', async () => {
    const asked = jest.fn(() => Promise.resolve());
    const nobody = steady([at(401)], { logInAgain: asked, seated: () => undefined });
    expect((await nobody.fetch(read())).status).toBe(401);
    let seat: string | undefined = 'me';
    const late = steady([at(401)], { logInAgain: asked, seated: () => seat });
    const answer = late.fetch(read());
    seat = 'another';
    expect((await answer).status).toBe(401);
    expect(asked).not.toHaveBeenCalled();
  });

  it('never sends what was held back as somebody else', async () => {
    let seat = 'me';
    const lost = steady([gone(), at(200)], { seated: () => seat, wait: async () => void (seat = 'another') });
    await expect(lost.fetch(write())).rejects.toThrow('logged out');
    expect(lost.sent).toHaveLength(1);
    seat = 'me';
    const ended = steady([at(401), at(200)], { seated: () => seat, logInAgain: async () => void (seat = 'another') });
    expect((await ended.fetch(write())).status).toBe(401);
    expect(ended.sent).toHaveLength(1);
  });

  it('sends a write again when the new session of this browser is the same person’s, and not when it is another’s', async () => {
    const refused = () => at(403, {}, { code: 'gateway.csrf_token_missing' });
    let csrf = 'old';
    const recognised = async () => {
      csrf = 'new';
      return true;
    };
    const mine = steady([refused(), at(200)], { csrfToken: () => csrf, recognise: recognised });
    expect((await mine.fetch(write())).status).toBe(200);
    expect(mine.sent.map((request) => request.headers.get('x-csrf-token'))).toEqual(['old', 'new']);
    const anothers = steady([refused()], { recognise: async () => false });
    expect((await anothers.fetch(write())).status).toBe(403);
    const nobody = steady([refused()], { seated: () => undefined, recognise: recognised });
    expect((await nobody.fetch(write())).status).toBe(403);
    const always = steady([refused(), refused(), refused(), refused()], { recognise: recognised });
    expect((await always.fetch(write())).status).toBe(403);
    expect(always.left).toEqual([]);
  });

  it('tells when the password must be changed first', async () => {
    let told = 0;
    const { fetch } = steady([at(403, {}, { code: 'identity.password_must_change' }), at(403, {}, { code: 'x' })], {
      passwordExpired: () => void (told += 1),
    });
    expect(await (await fetch(read())).json()).toEqual({ code: 'identity.password_must_change' });
    await fetch(read());
    expect(told).toBe(1);
  });
});
