import { asAdmin, freePort } from '@shidang/dev';
import { createSession, type CreateSession } from '@shidang/contracts';
import { environmentFor, eventually } from '@shidang/testing';
import { AppProcess, aDocument, goodPassword, IdentityProcess, RunningGateway } from './gateway.testing';

/** L3: not ready → stop intake → finish → drain NATS → close the database → exit 0, of real processes. */
describe('SIGTERM', () => {
  let played: RunningGateway;
  const ended: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    played = await RunningGateway.start();
  }, 60_000);
  afterEach(async () => {
    for (const end of ended.splice(0).reverse()) await end();
    await played?.stop();
  }, 60_000);

  it('ends a gateway: not ready first and still there for who comes, then closed; what is in hand is answered', async () => {
    let release: () => void = () => undefined;
    let asked = 0;
    await played.answers(createSession, async ({ loginName }: CreateSession) => {
      asked += 1;
      if (loginName === 'held') await new Promise<void>((resolve) => (release = resolve));
      return { token: loginName, account: { posts: [{ id: 'post', current: true }] } } as never;
    });
    const port = await freePort();
    const environment = await environmentFor('gateway', { nats: played.nats });
    const settings = { PORT: String(port), COOKIE_SECURE: '0', DRAIN_SECONDS: '2' };
    const gateway = await AppProcess.start('gateway', { ...environment, ...settings });
    ended.push(() => gateway.stop());
    const logIn = (loginName: string) =>
      fetch(`http://127.0.0.1:${port}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ loginName, password: 'x' }),
      }).then(({ status, headers }) => ({ status, connection: headers.get('connection') }));
    const held = logIn('held');
    await eventually(() => asked === 1, 'the first is in hand');
    const end = gateway.stop();
    await eventually(async () => expect(await gateway.isReady()).toBe(false), 'it is not ready any more');
    // whoever has not heard of that yet is served and sent away
    expect(await logIn('last')).toEqual({ status: 201, connection: 'close' });
    const refused = () =>
      logIn('too late').then(
        () => false,
        (error: Error) => (error.cause as { code?: string }).code === 'ECONNREFUSED',
      );
    await eventually(refused, 'it listens no more');
    release();
    expect(await held).toMatchObject({ status: 201 });
    expect(await end).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('ends a service: nothing new is taken, what has begun is committed, told and answered', async () => {
    const identity = await IdentityProcess.start(played.nats);
    ended.push(() => identity.stop());
    const { loginName, code } = await identity.firstAdministrator();
    const person = { code, password: goodPassword, name: '张三', document: aDocument() };
    expect((await played.post('/activations', person)).status).toBe(201);
    const logIn = () => played.post<{ code?: string }>('/sessions', { loginName, password: goodPassword });
    const { adminUrl } = identity.database;
    const end = await asAdmin(adminUrl, async (client) => {
      const count = async (query: string) => (await client.query<{ n: number }>(query)).rows[0]!.n;
      await client.query('begin');
      await client.query('lock table session in exclusive mode');
      const held = logIn();
      const waits = `select count(*)::int as n from pg_locks where not granted and relation = 'session'::regclass`;
      await eventually(async () => expect(await count(waits)).toBe(1), 'a log-in is about to be written', {
        every: 20,
      });
      const stopping = identity.end();
      await eventually(async () => expect(await identity.isReady()).toBe(false), 'it is not ready any more');
      // nobody answers for it any more: told at once, not when patience ends
      const stranger = () => played.post<{ code: string }>('/sessions', { loginName: 'nobody@000000', password: 'x' });
      const refused = async () => expect((await stranger()).body.code).toBe('request.unavailable');
      await eventually(refused, 'nothing new is taken', { every: 20 });
      expect(await count(waits)).toBe(1);
      await client.query('commit');
      expect((await held).status).toBe(201);
      return stopping;
    });
    expect(end).toEqual({ code: 0, signal: null });
    await asAdmin(adminUrl, async (client) => {
      const { rows } = await client.query(
        `select (select count(*)::int from session) as sessions, (select count(*)::int from outbox where published_at is null) as untold,
           (select count(*)::int from pg_stat_activity where datname = current_database() and usename = 'identity_app') as connections`,
      );
      expect(rows).toEqual([{ sessions: 1, untold: 0, connections: 0 }]);
    });
  }, 120_000);
});
