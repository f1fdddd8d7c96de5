import type { Caller } from '@shidang/access';
import { CallerSigner } from '@shidang/bus';
import {
  commonRefusals,
  identityRefusals,
  readRecordsJob,
  findEndedSessions,
  readReviewJob,
  resolveSession,
  type JobView,
} from '@shidang/contracts';
import { eventually, identityKeys } from '@shidang/testing';
import type { NatsConnection } from 'nats';
import { RunningGateway } from '../gateway.testing';
import { mostStreams } from './event-streams';

const jobId = '0197b0a5-0000-7000-8000-000000000001';
const importId = '0197b0a5-0000-7000-8000-000000000002';
const [token, otherToken] = ['a-session-of-the-county', 'another-session-of-it'];
const officer: Caller = {
  accountId: '0197b0a5-0000-7000-8000-00000000000a',
  personId: '0197b0a5-0000-7000-8000-00000000000b',
  postId: '0197b0a5-0000-7000-8000-00000000000c',
  role: 'informationAdministrator',
  tier: 'county',
  orgPath: '0.33.3311.331102.',
  orgCode: '331102',
};

/** What a browser would have heard so far. */
class Listener {
  heard = '';
  ended = false;
  private readonly abort = new AbortController();

  constructor(readonly response: Response) {
    void this.listen();
  }

  static async at(url: string, { bearer = token, ...headers }: Record<string, string> = {}): Promise<Listener> {
    const abort = new AbortController();
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${bearer}`, ...headers },
      signal: abort.signal,
    });
    const listener = new Listener(response);
    listener.abort.signal.addEventListener('abort', () => abort.abort());
    return listener;
  }

  get events(): string[] {
    return [...this.heard.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name!);
  }

  get lastId(): string | undefined {
    return [...this.heard.matchAll(/^id: (\w+)$/gm)].at(-1)?.[1];
  }

  close(): void {
    this.abort.abort();
  }

  private async listen(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const piece of this.response.body as unknown as AsyncIterable<Uint8Array>)
        this.heard += decoder.decode(piece, { stream: true });
    } catch {
      // closed by the test
    }
    this.ended = true;
  }
}

describe('the events of a job', () => {
  let gateway: RunningGateway;
  let review: NatsConnection;
  let records: NatsConnection;
  let imported: JobView;
  let recordsAway = false;
  let job: JobView;
  const ended = new Set<string>();
  let reads = 0;
  let away = false;
  const open: Listener[] = [];

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    review = await gateway.nats.connect('review');
    records = await gateway.nats.connect('records');
    const signer = await CallerSigner.from(identityKeys().privateKey);
    await gateway.answers(resolveSession, async (query) => {
      if (ended.has(query.token)) throw identityRefusals.sessionEnded({});
      const at = new Date().toISOString();
      return {
        callerToken: await signer.sign(officer),
        callerExpiresAt: at,
        sessionExpiresAt: at,
        mustChangePassword: false,
      };
    });
    await gateway.answers(findEndedSessions, ({ tokens }) => ({
      ended: tokens.flatMap((each, at) => (ended.has(each) ? [at] : [])),
    }));
    await gateway.answers(readReviewJob, (query) => {
      reads += 1;
      if (away) throw commonRefusals.unavailable({});
      if (query.jobId !== jobId) throw commonRefusals.notFound({});
      return job;
    });
    await gateway.answers(readRecordsJob, (query) => {
      if (recordsAway) throw commonRefusals.unavailable({});
      if (query.jobId !== importId) throw commonRefusals.notFound({});
      return imported;
    });
  }, 60_000);
  beforeEach(() => {
    away = false;
    recordsAway = false;
    imported = {
      ...{ id: importId, kind: 'import', state: 'running', step: 'checking', total: 12_400, done: 0, skipped: 0 },
      ...{ result: `/imports/${importId}`, createdAt: new Date(0).toISOString() },
    } as JobView;
    job = {
      ...{ id: jobId, kind: 'review-batch', state: 'running', step: 'holding', total: 3_000, done: 0, skipped: 0 },
      ...{ result: `/review-batches/${jobId}`, createdAt: new Date(0).toISOString() },
    } as JobView;
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });
  afterAll(() => gateway?.stop());

  const listen = async (headers: Record<string, string> = {}, id = jobId) => {
    const listener = await Listener.at(`${gateway.url}/api/v1/jobs/${id}/events`, headers);
    open.push(listener);
    return listener;
  };
  const hint = () => review.publish(`hint.review.job.${jobId}`);
  const heard = (listener: Listener, words: string) => eventually(() => listener.heard.includes(words), words);

  it.each(['>', '*', 'a b c', 'x\r\nPING', `${jobId}.`])(
    'are of nothing with the id %j: it is refused, and becomes no subject',
    async (id) => {
      const { response } = await listen({}, encodeURIComponent(id));
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect([400, 404]).toContain(response.status);
    },
  );

  it('tell how far it is when they are rung, each state once, and end with it', async () => {
    const listener = await listen();
    expect(listener.response.headers.get('content-type')).toContain('text/event-stream');
    expect(listener.response.headers.get('cache-control')).toBe('no-store');
    await heard(listener, '"done":0');
    const before = Date.now();
    job = { ...job, done: 200 };
    hint();
    await heard(listener, '"done":200');
    expect(Date.now() - before).toBeLessThan(1_500);
    job = { ...job, state: 'done', done: 3_000 };
    hint();
    await eventually(() => listener.ended, 'the stream ends');
    expect(listener.events).toEqual(['job', 'job', 'job', 'end']);

    const again = await listen({ 'last-event-id': listener.lastId! });
    expect(again.response.status).toBe(204);
  });

  it('are found without a hint, and go on through an outage', async () => {
    const listener = await listen();
    await heard(listener, '"done":0');
    away = true;
    const asked = reads;
    await eventually(() => reads > asked, 'it has asked again');
    away = false;
    job = { ...job, done: 400 };
    await heard(listener, '"done":400');
    expect(listener.ended).toBe(false);
  });

  it('are not repeated to who comes back with the last id', async () => {
    const first = await listen();
    await heard(first, '"done":0');
    first.close();
    const second = await listen({ 'last-event-id': first.lastId! });
    job = { ...job, done: 600 };
    hint();
    await heard(second, '"done":600');
    expect(second.heard).not.toContain('"done":0');
  });

  it('end within 2 s for who has no session any more', async () => {
    const listener = await listen({ bearer: otherToken });
    await heard(listener, '"done":0');
    ended.add(otherToken);
    const since = Date.now();
    await eventually(() => listener.ended, 'the stream ends', { timeout: 5_000 });
    // on a busy machine a little more
    expect(Date.now() - since).toBeLessThan(3_000);
    expect(listener.heard).toContain('event: end\ndata: {"code":"identity.session_ended"}');
  });

  it('of an import come from records, and end where its user has to go on', async () => {
    const listener = await listen({}, importId);
    await heard(listener, '"done":0');
    imported = { ...imported, done: 400 };
    records.publish(`hint.records.job.${importId}`);
    await heard(listener, '"done":400');
    imported = { ...imported, state: 'waiting', step: 'checked', done: 12_400 };
    records.publish(`hint.records.job.${importId}`);
    await eventually(() => listener.ended, 'the stream ends');
    expect(listener.events.at(-1)).toBe('end');
  });

  it('are not known while one who may have the job is away, and found when the other has it', async () => {
    recordsAway = true;
    const nobodys = '0197b0a5-0000-7000-8000-0000000000ee';
    expect((await listen({}, nobodys)).response.status).toBe(503);
    expect((await listen()).response.status).toBe(200);
  });

  it('are refused like the job itself to whom it does not belong', async () => {
    const response = (await listen({}, '0197b0a5-0000-7000-8000-0000000000ff')).response;
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ]);
  });

  it('are kept to a few for one session, and a closed one makes room', async () => {
    const streams: Listener[] = [];
    for (let n = 0; n < mostStreams; n++) streams.push(await listen());
    expect((await listen()).response.status).toBe(429);
    streams[0]!.close();
    await eventually(async () => {
      const next = await listen();
      return next.response.status === 200;
    }, 'there is room again');
  });
});
