import type { Caller } from '@shidang/access';
import { CallerSigner } from '@shidang/bus';
import { findEndedSessions, identityRefusals, listNotices, resolveSession } from '@shidang/contracts';
import { eventually, identityKeys } from '@shidang/testing';
import type { NatsConnection } from 'nats';
import { RunningGateway } from '../gateway.testing';

const token = 'a-session-of-the-school';
const head: Caller = {
  accountId: '0197b0a5-0000-7000-8000-00000000000a',
  personId: '0197b0a5-0000-7000-8000-00000000000b',
  postId: '0197b0a5-0000-7000-8000-00000000000c',
  role: 'principal',
  tier: 'school',
  orgPath: '0.33.3311.331102.2133110001.',
  orgCode: '2133110001',
};

describe('the events of mine', () => {
  let gateway: RunningGateway;
  let notifications: NatsConnection;
  let unreadCount = 2;
  let ended = false;
  let caller = head;
  let release: (() => void) | undefined;
  let held: Promise<void> | undefined;
  const asked: object[] = [];
  const batches: string[][] = [];

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    notifications = await gateway.nats.connect('notifications');
    const signer = await CallerSigner.from(identityKeys().privateKey);
    await gateway.answers(resolveSession, async () => {
      if (ended) throw identityRefusals.sessionEnded({});
      const at = new Date().toISOString();
      return {
        callerToken: await signer.sign(caller),
        callerExpiresAt: at,
        sessionExpiresAt: at,
        mustChangePassword: false,
      };
    });
    await gateway.answers(findEndedSessions, ({ tokens }) => {
      batches.push(tokens);
      return { ended: ended ? tokens.map((_, at) => at) : [] };
    });
    await gateway.answers(listNotices, async (query) => {
      asked.push(query);
      await held;
      return { items: [], page: { total: unreadCount, totalIsExact: true }, unreadCount };
    });
  }, 60_000);
  afterAll(() => gateway?.stop());

  const open = (path = '/me/events') =>
    fetch(`${gateway.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });

  it('tell how many notices are unread, at once when notifications rings, and end with the session', async () => {
    const response = await open();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const heard: string[] = [];
    let over = false;
    const listening = (async () => {
      const decoder = new TextDecoder();
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>)
        heard.push(decoder.decode(piece, { stream: true }));
      over = true;
    })();
    const says = (words: string) => eventually(() => heard.join('').includes(words), words);
    await says('event: notices\ndata: {"unreadCount":2}');
    expect(asked[0]).toEqual({ limit: 1, unread: 'true' });
    unreadCount = 3;
    notifications.publish(`hint.notifications.account.${head.accountId}`);
    await says('{"unreadCount":3}');
    // without a ring nobody is asked every second
    expect(asked.length).toBeLessThanOrEqual(4);
    ended = true;
    await eventually(() => over, 'the stream ends');
    expect(heard.join('')).toContain('event: end\ndata: {"code":"identity.session_ended"}');
    await listening;
    ended = false;
  });

  it('are read again when it rings while they are first read', async () => {
    held = new Promise((resolve) => (release = resolve));
    const before = asked.length;
    const opening = open();
    await eventually(() => asked.length > before, 'notifications is asked');
    notifications.publish(`hint.notifications.account.${head.accountId}`);
    await notifications.flush();
    release!();
    held = undefined;
    const { body } = await opening;
    await eventually(() => asked.length > before + 1, 'notifications is asked again', { timeout: 5_000 });
    await body?.cancel();
  });

  it('end with the session also while notifications does not answer', async () => {
    const response = await open();
    held = new Promise((resolve) => (release = resolve));
    let over = false;
    const listening = response.text().then(() => (over = true));
    const before = asked.length;
    notifications.publish(`hint.notifications.account.${head.accountId}`);
    await eventually(() => asked.length > before, 'notifications is asked');
    ended = true;
    // a request may take ten seconds, a session that is over two
    await eventually(() => over, 'the stream ends', { timeout: 5_000 });
    release!();
    await listening;
    held = undefined;
    ended = false;
  });

  it('have their sessions looked after together, in one question', async () => {
    const others = ['a-session-of-another', 'a-session-of-a-third'];
    const streams = await Promise.all(
      others.map((bearer) =>
        fetch(`${gateway.url}/api/v1/me/events`, { headers: { authorization: `Bearer ${bearer}` } }),
      ),
    );
    const before = batches.length;
    await eventually(() => batches.length >= before + 3, 'it was asked three times');
    expect(batches.slice(-2).map((tokens) => [...tokens].sort())).toEqual(
      [others, others].map((each) => [...each].sort()),
    );
    for (const { body } of streams) await body?.cancel();
  });

  it('take no query, and are refused to who has no notices', async () => {
    caller = { ...head, accountId: '0197b0a5-0000-7000-8000-0000000000aa' };
    await eventually(async () => (await open('/me/events?limit=200')).status === 400, 'a query is refused');
    caller = { ...head, role: 'auditor' };
    await eventually(async () => (await open()).status === 403, 'the auditor has none');
  });
});
