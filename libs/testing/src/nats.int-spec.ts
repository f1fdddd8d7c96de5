import { natsUsers, type NatsUser } from '@shidang/dev';
import { ensureStreams, streamDrifts } from '@shidang/streams';
import { Events, type NatsConnection } from 'nats';
import { eventually } from './eventually';
import { natsForSuite, type SuiteNats } from './nats';

describe('what deploy/nats grants', () => {
  let nats: SuiteNats;
  let violations: Record<string, string[]>;
  const connections = {} as Record<NatsUser, NatsConnection>;

  async function watchStatus(user: NatsUser, connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === Events.Error)
        violations[user]?.push(status.permissionContext?.subject ?? String(status.data));
    }
  }

  beforeAll(async () => {
    nats = await natsForSuite();
    for (const user of natsUsers) {
      connections[user] = await nats.connect(user);
      void watchStatus(user, connections[user]);
    }
  });
  beforeEach(() => {
    violations = Object.fromEntries(natsUsers.map((user) => [user, []]));
  });
  afterAll(() => nats.stop());

  const refused = (user: NatsUser, subject: string) =>
    eventually(() => violations[user]?.includes(subject) ?? false, `${user} is refused ${subject}`);

  it.each([
    ['review', 'evt.records.submission-made'],
    ['records', 'evt.review.case-decided'],
    ['gateway', 'evt.identity.organisation-moved'],
    ['gateway', 'int.identity.person.claim'],
    ['notifications', 'rpc.review.case.decide'],
    ['reporting', '$JS.API.STREAM.DELETE.records'],
    ['reporting', '$JS.API.CONSUMER.MSG.NEXT.review.records-apply-decision'],
    ['operator', 'rpc.records.entry.propose'],
    ['identity', '_INBOX.gateway.forged'],
  ] as const)('%s may not publish %s', async (user, subject) => {
    connections[user].publish(subject);
    await refused(user, subject);
  });

  it.each([
    ['review', 'rpc.records.>'],
    ['gateway', 'rpc.>'],
    ['reporting', '_INBOX.gateway.>'],
    ['records', 'evt.>'],
  ] as const)('%s may not listen on %s', async (user, subject) => {
    connections[user].subscribe(subject);
    await refused(user, subject);
  });

  it('lets the owner tell its facts and the gateway ask', async () => {
    const acknowledged = await connections.records
      .jetstream()
      .publish('evt.records.submission-made', '{}', { msgID: 'a' });
    expect(acknowledged.stream).toBe('records');
    connections.records.subscribe('rpc.records.>', {
      queue: 'records',
      callback: (_, message) => message.respond('yes'),
    });
    await connections.records.flush();
    const answer = await connections.gateway.request('rpc.records.entry.propose', '{}', { timeout: 2000 });
    expect(answer.string()).toBe('yes');
  });

  it('lets a consumer pull from its own durable and acknowledge', async () => {
    await nats.purge('records');
    await connections.records.jetstream().publish('evt.records.submission-made', 'told', { msgID: 'b' });
    const durable = await connections.review.jetstream().consumers.get('records', 'review-open-case');
    const message = await durable.next({ expires: 2000 });
    expect(message?.string()).toBe('told');
    expect(await message?.ackAck()).toBe(true);
    expect(violations['review']).toEqual([]);
  });

  it('leaves no difference between the streams and their declarations', async () => {
    expect(await streamDrifts(connections.operator)).toEqual([]);
  });

  it('sees a durable that was changed by hand', async () => {
    const manager = await connections.operator.jetstreamManager();
    await manager.consumers.update('records', 'review-open-case', { max_ack_pending: 7 });
    expect(await streamDrifts(connections.operator)).toEqual([
      'durable review-open-case: max_ack_pending is 7, declared 1000',
    ]);
  });

  it('asks for one subject as one, also where an older release asked for a list of one', async () => {
    const manager = await connections.operator.jetstreamManager();
    const list = { filter_subject: undefined, filter_subjects: ['evt.records.decision-refused'] };
    await manager.consumers.update('records', 'review-mark-conflict', list);
    const asked = async () => (await manager.consumers.info('records', 'review-mark-conflict')).config;
    expect(await asked()).toMatchObject({ filter_subjects: ['evt.records.decision-refused'] });
    await ensureStreams(connections.operator);
    expect(await asked()).toMatchObject({ filter_subject: 'evt.records.decision-refused' });
    expect(await streamDrifts(connections.operator)).toEqual([]);
  });

  it('refuses strangers', async () => {
    await expect(nats.connect('stranger' as NatsUser)).rejects.toThrow('Authorization Violation');
  });

  it('keeps its streams over kill -9', async () => {
    await connections.review.jetstream().publish('evt.review.case-decided', '{}', { msgID: 'c' });
    await nats.restart();
    await eventually(async () => {
      const manager = await connections.operator.jetstreamManager({ timeout: 500 });
      const info = await manager.streams.info('review');
      return info.state.messages === 1;
    }, 'the message is there after the restart');
  });
});
