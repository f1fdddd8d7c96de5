import type { Caller } from '@shidang/access';
import { CallerSigner } from '@shidang/bus';
import {
  beginImport,
  appendFile,
  createSession,
  identityRefusals,
  listNotices,
  listTeachers,
  readNotice,
  readTemplate,
  resolveSession,
  startImport,
  type RequestContract,
} from '@shidang/contracts';
import { eventually, identityKeys } from '@shidang/testing';
import { connect, type Socket } from 'node:net';
import { RunningGateway } from '../gateway.testing';

const noticeId = '0197b0a5-0000-7000-8000-000000000001';
const administrator: Caller = {
  accountId: '0197b0a5-0000-7000-8000-00000000000a',
  personId: '0197b0a5-0000-7000-8000-00000000000b',
  postId: '0197b0a5-0000-7000-8000-00000000000c',
  role: 'informationAdministrator',
  tier: 'school',
  orgPath: '0.33.3311.331102.2133001234.',
  orgCode: '2133001234',
};
const token = 'a-session-of-the-school';
/** As many requests, of which the account is its own. */
const tokenOf = (n: number) => `session-of-account-${String(n).padStart(4, '0')}`;

interface Problem {
  code: string;
  detail: string;
}

/** What a service was asked and has not answered yet. */
class Held {
  private waiting: (() => void)[] = [];
  private open = true;

  hold(): void {
    this.open = false;
  }

  readonly turn = (): Promise<void> =>
    this.open ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));

  get count(): number {
    return this.waiting.length;
  }

  release(): void {
    this.open = true;
    for (const go of this.waiting.splice(0)) go();
  }
}

describe('the door when too much is asked', () => {
  let gateway: RunningGateway;
  const held = new Map<RequestContract, Held>();
  const heldOf = (contract: RequestContract) => held.get(contract)!;
  const sockets: Socket[] = [];

  async function start(settings: Parameters<typeof RunningGateway.start>[0]): Promise<void> {
    gateway = await RunningGateway.start(settings);
    const signer = await CallerSigner.from(identityKeys().privateKey);
    await gateway.answers(resolveSession, async (query) => {
      const n = /^session-of-account-(\d{4})$/.exec(query.token)?.[1];
      const accountId = n ? `0197b0a5-0000-7000-8000-00000000${n}` : administrator.accountId;
      const at = new Date().toISOString();
      const callerToken = await signer.sign({ ...administrator, accountId });
      return { callerToken, callerExpiresAt: at, sessionExpiresAt: at, mustChangePassword: false };
    });
    for (const contract of [listTeachers, listNotices, readNotice, readTemplate] as RequestContract[]) {
      held.set(contract, new Held());
      await gateway.answers(contract, async () => {
        await heldOf(contract).turn();
        return {};
      });
    }
    await gateway.answers(createSession, () => {
      throw identityRefusals.logInFailed({});
    });
  }

  afterEach(async () => {
    for (const each of held.values()) each.release();
    for (const socket of sockets.splice(0)) socket.destroy();
    await gateway?.stop();
  });

  const teachers = (bearer = token) => gateway.ask<Problem>('/teachers', { token: bearer });
  const notices = (bearer = token) => gateway.ask<Problem>('/notices', { token: bearer });
  const readOne = (bearer = token) =>
    gateway.ask<Problem>(`/notices/${noticeId}/read`, { method: 'POST', token: bearer });

  it('refuses what waited too long, in the words of the reader, and says when to come back', async () => {
    await start({ AT_ONCE: 1, AT_ONCE_READ: 1, WAITING_MS: 100 });
    heldOf(listTeachers as RequestContract).hold();
    const first = teachers();
    await eventually(() => heldOf(listTeachers as RequestContract).count === 1, 'records was asked');
    const [zh, en] = await Promise.all([
      notices(),
      gateway.ask<Problem>('/notices', { token, headers: { 'accept-language': 'en' } }),
    ]);
    for (const refused of [zh, en]) {
      expect([refused.status, refused.body.code]).toEqual([503, 'gateway.overloaded']);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect([zh.body.detail, en.body.detail]).toEqual([
      expect.stringContaining('访问量较大'),
      expect.stringContaining('busy'),
    ]);
    // the first was asked before and is answered after: the place was its own all the while
    heldOf(listTeachers as RequestContract).release();
    expect((await first).status).toBe(200);
    expect((await notices()).status).toBe(200);
  }, 60_000);

  it('leaves places to others when one service stalls, and lets who writes go before who reads', async () => {
    await start({ AT_ONCE: 5, AT_ONCE_READ: 4, AT_ONCE_BULK: 1, WAITING_MS: 5_000 });
    const [list, note] = [heldOf(listTeachers as RequestContract), heldOf(readNotice as RequestContract)];
    list.hold();
    const stalled = Array.from({ length: 8 }, () => teachers());
    // three quarters of the reads, and no more
    await eventually(() => list.count === 3, 'records has what one service may have');
    expect((await notices()).status).toBe(200);
    expect((await gateway.ask('/import-templates/primarySecondary.xlsx', { token })).status).not.toBe(503);
    expect((await readOne()).status).toBeLessThan(300);
    note.hold();
    const writes = [readOne(), readOne()];
    await eventually(() => note.count === 2, 'the writes are inside beside the stalled reads');
    expect(list.count).toBe(3);
    for (const each of [list, note]) each.release();
    const answers = await Promise.all([...stalled, ...writes]);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
  }, 60_000);

  it('refuses before reading the body when the queue is full', async () => {
    await start({ AT_ONCE: 1, AT_ONCE_READ: 1, AT_ONCE_BULK: 1, WAITING: 0 });
    heldOf(listTeachers as RequestContract).hold();
    const first = teachers();
    await eventually(() => heldOf(listTeachers as RequestContract).count === 1, 'records was asked');
    const { port } = new URL(gateway.url);
    // a body is announced and nothing of it is ever sent
    for (const head of [
      'POST /api/v1/imports HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 20000000',
      'POST /api/v1/teachers HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 900000',
    ]) {
      const socket = connect(Number(port), '127.0.0.1');
      sockets.push(socket);
      let answer = '';
      socket.on('data', (piece) => (answer += piece.toString()));
      socket.write(`${head}\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
      await eventually(() => answer.includes('gateway.overloaded'), 'it is refused');
      expect(answer).toMatch(/^HTTP\/1.1 503 .*\r\nretry-after: \d/ims);
    }
    heldOf(listTeachers as RequestContract).release();
    expect((await first).status).toBe(200);
  }, 60_000);

  it('says no on the doorstep when nobody of that lane can be let in: as always, in his words, on a line that stays', async () => {
    await start({ AT_ONCE: 4, AT_ONCE_READ: 1, AT_ONCE_BULK: 1, WAITING: 0 });
    heldOf(listTeachers as RequestContract).hold();
    const first = teachers();
    await eventually(() => heldOf(listTeachers as RequestContract).count === 1, 'records was asked');
    const refused = await gateway.ask<Problem>('/notices?limit=1', { token, headers: { 'accept-language': 'en' } });
    expect([refused.status, refused.body]).toEqual([
      503,
      expect.objectContaining({ code: 'gateway.overloaded', instance: '/api/v1/notices', title: expect.any(String) }),
    ]);
    const inside = await gateway.ask<Problem>('/me', { method: 'OPTIONS' });
    for (const name of ['x-content-type-options', 'content-security-policy', 'cache-control', 'content-type'])
      expect([name, refused.headers.get(name)]).toEqual([name, inside.headers.get(name)]);
    expect(refused.headers.get('content-language')).toBe('en');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // nobody has looked who it is: that is what makes it cheap
    expect(refused.headers.get('ratelimit')).toBeNull();
    const head = await fetch(`${gateway.url}/api/v1/notices`, { method: 'HEAD' });
    expect([head.status, await head.text(), refused.headers.get('connection')]).toEqual([503, '', 'keep-alive']);
    // who writes, who logs in and what is no call of the API are not concerned
    expect((await readOne()).status).toBeLessThan(300);
    expect((await gateway.post('/sessions', { loginName: 'a', password: 'b' })).status).toBe(401);
    expect((await fetch(`${gateway.url}/docs`)).status).toBe(200);
    heldOf(listTeachers as RequestContract).release();
    expect((await first).status).toBe(200);
  }, 60_000);

  it('holds no place for who sends slowly', async () => {
    await start({ AT_ONCE: 1, AT_ONCE_READ: 1, AT_ONCE_BULK: 1, WAITING_MS: 2_000 });
    await gateway.answers(beginImport, () => ({ importId: noticeId, uploadId: noticeId }));
    await gateway.answers(appendFile, () => ({ uploadId: noticeId, received: 1, size: 1 }));
    await gateway.answers(startImport, () => ({ id: noticeId }) as never);
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    sockets.push(socket);
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n';
    const tail = '\r\n--x--\r\n';
    let answer = '';
    socket.on('data', (piece) => (answer += piece.toString()));
    socket.write(
      `POST /api/v1/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: multipart/form-data; boundary=x\r\ncontent-length: ${head.length + 4 + tail.length}\r\n\r\n${head}ab`,
    );
    // half of it has arrived: the only place there is stays free
    for (let n = 0; n < 5; n++) expect((await teachers()).status).toBe(200);
    socket.write(`cd${tail}`);
    await eventually(() => answer.startsWith('HTTP/1.1 202'), 'the slow upload is taken');
  }, 60_000);

  it('cuts off a body that does not come, and headers that do not end', async () => {
    await start({ BODY_MS: 200, HEADERS_MS: 200 });
    const { port } = new URL(gateway.url);
    const heard = [
      'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"a',
      'GET /api/v1/me HTTP/1.1\r\nhost: x\r\nx-slow: ',
    ].map((text) => {
      const socket = connect(Number(port), '127.0.0.1');
      sockets.push(socket);
      const said = { text: '', closed: false };
      socket.on('data', (piece) => (said.text += piece.toString())).on('close', () => (said.closed = true));
      socket.write(text);
      return said;
    });
    await eventually(() => heard.every(({ closed }) => closed), 'both lines are closed');
    for (const { text } of heard) expect(text).toMatch(/^HTTP\/1.1 408 /);
  }, 60_000);

  it('cuts off a body that still drips when it has been refused', async () => {
    await start({ BODY_MS: 200 });
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    sockets.push(socket);
    const said = { text: '', closed: false };
    socket.on('data', (piece) => (said.text += piece.toString())).on('close', () => (said.closed = true));
    socket.on('error', () => undefined);
    socket.write(
      'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: text/x\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    const drip = setInterval(() => socket.write('1\r\nx\r\n'), 50);
    await eventually(() => said.closed, 'the line is closed').finally(() => clearInterval(drip));
    expect(said.text).toMatch(/^HTTP\/1.1 415 /);
  }, 60_000);

  it('says 429 to an account that asks without end, and to nobody else', async () => {
    await start({ ACCOUNT_BURST: 3, ACCOUNT_PER_SECOND: 0.05 });
    const answers = [];
    for (let n = 0; n < 5; n++) answers.push(await notices());
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(answers[0]!.headers.get('ratelimit-policy')).toBe('"account";q=3;w=60');
    expect(answers.map(({ headers }) => headers.get('ratelimit')?.split(';')[1])).toEqual([
      'r=2',
      'r=1',
      'r=0',
      'r=0',
      'r=0',
    ]);
    expect(answers[4]!.body.code).toBe('gateway.too_many_requests');
    expect(Number(answers[4]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(10);
    expect((await notices(tokenOf(1))).status).toBe(200);
  }, 60_000);

  it('says 429 to a province', async () => {
    await start({ PROVINCE_BURST: 2, PROVINCE_PER_SECOND: 0.05 });
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push((await notices(tokenOf(n))).status);
    expect(answers).toEqual([200, 200, 429]);
  }, 60_000);

  it('counts guesses at one name and log-ins of one address, and nobody who is logged in', async () => {
    await start({
      NAME_LOG_IN_BURST: 2,
      NAME_LOG_INS_PER_SECOND: 0.01,
      ADDRESS_LOG_IN_BURST: 4,
      ADDRESS_LOG_INS_PER_SECOND: 0.01,
    });
    const logIn = async (loginName: string) =>
      (await gateway.post<Problem>('/sessions', { loginName, password: 'wrong' })).status;
    const answers = [];
    for (const name of ['a', 'a', 'a', 'b', 'c']) answers.push(await logIn(name));
    expect(answers).toEqual([401, 401, 429, 401, 429]);
    expect((await notices()).status).toBe(200);
  }, 60_000);
});
