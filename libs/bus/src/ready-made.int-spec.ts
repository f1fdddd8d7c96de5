import { IsString } from 'class-validator';
import { reportingRefusals, Refusal, request } from '@shidang/contracts';
import { natsForSuite, type SuiteNats } from '@shidang/testing';
import { newTrace } from '@shidang/tracing';
import { of, throwError } from 'rxjs';
import { BusClient, Fault } from './bus-client';
import { natsClient, natsServer } from './connection';
import type { NatsAnswers } from './nats-answers';
import { ReadyMade } from './ready-made';

class Ask {
  @IsString() what!: string;
}
class Told {
  @IsString() words!: string;
}
const terms = { permission: 'progress.read', request: Ask, reply: Told } as const;
const listed = request('reporting.note.list', { ...terms, effect: 'read', readyMade: true });
const read = request('reporting.note.read', { ...terms, effect: 'read' });
const written = request('reporting.note.write', { ...terms, effect: 'write' });

/** As PostgreSQL writes it: other spaces than JSON.stringify, Chinese as it is. */
const made = '{"words" : "瓯江小学（示例）\\n\\"㛃\\"" }';
/** More than a message may hold. */
const huge = JSON.stringify({ words: '长'.repeat(400_000) });

describe('an answer that is ready-made', () => {
  let nats: SuiteNats;
  let bus: BusClient;
  let server: NatsAnswers;

  const toldFor: Readonly<Record<string, () => unknown>> = {
    made: () => of(ReadyMade.of<Told>(made)),
    object: () => of(JSON.parse(made)),
    huge: () => of(ReadyMade.of<Told>(huge)),
    hugeObject: () => of(JSON.parse(huge)),
    refused: () => throwError(() => ({ refusal: reportingRefusals.organisationNotFound({}).body })),
    failed: () => throwError(() => ({ fault: true })),
  };

  beforeAll(async () => {
    nats = await natsForSuite();
    bus = new BusClient(natsClient(nats.access('gateway')), 'gateway');
    server = natsServer(nats.access('reporting'));
    for (const { subject, effect } of [listed, read, written])
      server.addHandler(subject, ({ what }: Ask) => Promise.resolve(toldFor[what]!()), false, { effect });
    await new Promise<void>((ready, failed) => {
      void server.listen((error?: unknown) => (error ? failed(error as Error) : ready()));
    });
    await server.unwrap<{ flush(): Promise<void> }>().flush();
    server['logger'].error = () => undefined;
  }, 60_000);
  afterAll(async () => {
    await bus?.close();
    await server?.close();
    await nats?.stop();
  });

  const call = () => ({ traceparent: newTrace(), deadline: Date.now() + 6_000 });
  const unread = (what: string) => bus.requestUnread(listed, { what }, call());
  const outcome = (run: Promise<unknown>) =>
    run.then(
      () => 'answered',
      (error: unknown) => (error instanceof Refusal ? error.body.code : error instanceof Fault ? 'fault' : error),
    );

  it('comes as the bytes it was made of', async () => {
    const answer = await unread('made');
    expect(answer).toBeInstanceOf(ReadyMade);
    expect(Buffer.from((answer as ReadyMade<Told>).bytes).toString()).toBe(made);
  });

  it('says to whoever reads it what an encoded one says', async () => {
    const [text, object] = await Promise.all(['made', 'object'].map((what) => bus.request(listed, { what }, call())));
    expect(text).toEqual(object);
    expect(text).toEqual({ words: '瓯江小学（示例）\n"㛃"' });
  });

  it('is refused or fails as any other', async () => {
    expect(await outcome(unread('refused'))).toBe('reporting.organisation_not_found');
    expect(await outcome(unread('failed'))).toBe('fault');
  });

  it('may be an encoded one all the same', async () => {
    expect(await unread('object')).toEqual(JSON.parse(made));
  });

  it.each(['huge', 'hugeObject'])(
    'larger than a message is refused, and the next question is answered: %s',
    async (what) => {
      expect(await outcome(unread(what))).toBe('request.answer_too_large');
      expect(await outcome(bus.request(read, { what }, call()))).toBe('request.answer_too_large');
      expect(await outcome(unread('made'))).toBe('answered');
    },
  );

  it('of a write is never said to be refused: it is done', async () => {
    expect(await outcome(bus.request(written, { what: 'hugeObject' }, call()))).toBe('fault');
  });
});

describe('a question', () => {
  it('whose answer is lost with the connection is told so at once', async () => {
    const nats = await natsForSuite();
    const bus = new BusClient(natsClient(nats.access('gateway')), 'gateway');
    try {
      const silent = await nats.connect('reporting');
      const asked = new Promise<void>((settle) => {
        silent.subscribe(read.subject, { callback: () => settle() });
      });
      await silent.flush();
      // later than this test ends
      const deadline = Date.now() + 90_000;
      const answer = bus.request(read, { what: 'made' }, { traceparent: newTrace(), deadline });
      const refused = expect(answer).rejects.toMatchObject({ body: { code: 'request.unavailable' } });
      await asked;
      await nats.restart();
      await refused;
    } finally {
      await bus.close();
      await nats.stop();
    }
  }, 30_000);
});
