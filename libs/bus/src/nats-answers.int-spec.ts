import { request } from '@shidang/contracts';
import { eventually, natsForSuite, type SuiteNats } from '@shidang/testing';
import { setTimeout } from 'node:timers/promises';
import { of } from 'rxjs';
import { BusClient } from './bus-client';
import { newTrace } from '@shidang/tracing';
import { natsClient, natsServer } from './connection';
import type { NatsAnswers } from './nats-answers';

class Work {
  /** What the answer takes. */
  milliseconds!: number;
}
class Done {
  by!: string;
}
const work = request('review.note.work', { permission: 'public', effect: 'read', request: Work, reply: Done });

describe('a replica that ends', () => {
  let nats: SuiteNats;
  let bus: BusClient;
  const inHand: string[] = [];
  const replicas = new Map<string, NatsAnswers>();

  async function start(name: string): Promise<void> {
    const server = natsServer(nats.access('review'));
    server.addHandler(work.subject, async ({ milliseconds }: Work) => {
      inHand.push(`${name} ${milliseconds}`);
      await setTimeout(milliseconds);
      return of({ by: name });
    });
    await new Promise<void>((ready, failed) => {
      void server.listen((error?: unknown) => (error ? failed(error as Error) : ready()));
    });
    await server.unwrap<{ flush(): Promise<void> }>().flush();
    replicas.set(name, server);
  }
  const ask = (milliseconds: number) =>
    bus.request(work, { milliseconds }, { traceparent: newTrace(), deadline: Date.now() + 6_000 });
  const failed = { by: 'nobody' };

  beforeAll(async () => {
    nats = await natsForSuite();
    bus = new BusClient(natsClient(nats.access('gateway')), 'gateway');
    await start('one');
    await start('two');
  }, 60_000);
  afterAll(async () => {
    await bus?.close();
    for (const server of replicas.values()) await server.close();
    await nats?.stop();
  });

  it('answers what it has in hand, however long it takes', async () => {
    // both in turn, until the ending one has the long work
    const answers = Array.from({ length: 12 }, () => ask(2_500));
    await eventually(() => inHand.includes('two 2500'), 'the second replica has work in hand');
    await replicas.get('two')!.close();
    expect((await Promise.all(answers)).some(({ by }) => by === 'two')).toBe(true);
    await start('two');
  });

  it('loses no request while others ask, again and again', async () => {
    let asking = true;
    const answers: Done[] = [];
    const askers = Array.from({ length: 16 }, async () => {
      while (asking) answers.push(await ask(1).catch(() => failed));
    });
    try {
      for (const name of ['one', 'two', 'one', 'two']) {
        const before = answers.length;
        await replicas.get(name)!.close();
        await eventually(() => answers.length > before + 64, 'the other replica answers', { timeout: 20_000 });
        await start(name);
      }
    } finally {
      asking = false;
      await Promise.all(askers);
    }
    expect(answers.filter(({ by }) => by === 'nobody')).toEqual([]);
    expect(new Set(answers.map(({ by }) => by))).toEqual(new Set(['one', 'two']));
  }, 60_000);
});
