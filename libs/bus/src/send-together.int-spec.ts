import { eventually, natsForSuite, type SuiteNats } from '@shidang/testing';
import type { NatsConnection } from 'nats';
import { setImmediate } from 'node:timers/promises';
import { connectNats } from './connection';

interface Written {
  readonly protocol: { readonly transport: { send(frame: Uint8Array): void } };
}

describe('messages of one turn', () => {
  let nats: SuiteNats;
  let teller: NatsConnection;
  let heard: string[];
  const subject = 'hint.review.case.x';

  const connected = (user: 'review' | 'gateway') => connectNats(nats.access(user), `${user}-tells`);
  const writesOf = (connection: NatsConnection): number[] => {
    const { transport } = (connection as unknown as Written).protocol;
    const [send, sizes] = [transport.send.bind(transport), [] as number[]];
    transport.send = (frame) => {
      sizes.push(frame.length);
      send(frame);
    };
    return sizes;
  };

  beforeAll(async () => {
    nats = await natsForSuite();
    const listener = await nats.connect('gateway');
    listener.subscribe(subject, { callback: (_, message) => heard.push(message.string()) });
    await listener.flush();
  }, 60_000);
  beforeEach(async () => {
    heard = [];
    teller = await connected('review');
  });
  afterEach(() => teller.close());
  afterAll(() => nats?.stop());

  it('are written together and arrive in their order, whichever microtask says them', async () => {
    const writes = writesOf(teller);
    const words = Array.from({ length: 40 }, (_, n) => String(n));
    for (const each of words) {
      teller.publish(subject, each);
      await Promise.resolve();
    }
    await setImmediate();
    expect(writes).toHaveLength(1);
    await eventually(() => heard.length === words.length, 'all are heard');
    expect(heard).toEqual(words);
  });

  it('do not wait when they are many: memory is bounded', async () => {
    const writes = writesOf(teller);
    for (let n = 0; n < 8; n++) teller.publish(subject, 'x'.repeat(20_000));
    expect(writes.length).toBeGreaterThan(1);
    await eventually(() => heard.length === 8, 'all are heard');
  });

  it('are said also when the connection is closed right after them', async () => {
    teller.publish(subject, 'goodbye');
    await teller.close();
    await eventually(() => heard.includes('goodbye'), 'the last word is heard');
  });
});
