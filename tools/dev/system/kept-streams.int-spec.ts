import { connectAs, ensureStreams } from '@shidang/streams';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guarded } from '../guarded';
import { natsAnswers, natsUsers, prepareNatsCluster, type NatsPasswords } from '../provide/nats';
import { releasePort } from '../provide/ports';

/** Two of three nodes choose a leader and say they are healthy before the third has joined. */
describe('streams of a cluster whose third node comes late', () => {
  const passwords = Object.fromEntries(natsUsers.map((user) => [user, `secret-of-${user}`])) as NatsPasswords;
  const running: Guarded[] = [];
  let dir: string;
  let nodes: Awaited<ReturnType<typeof prepareNatsCluster>>;

  const start = (which: typeof nodes) => running.push(...which.map(({ command }) => Guarded.start(command)));

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'shidang-cluster-'));
    nodes = await prepareNatsCluster({ dir, passwords });
    start(nodes.slice(0, 2));
    await Promise.all(nodes.slice(0, 2).map(({ monitorPort }) => natsAnswers(monitorPort, 30)));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(running.map((server) => server.stop()));
    for (const { port, monitorPort } of nodes) [port, monitorPort].forEach(releasePort);
    rmSync(dir, { recursive: true, force: true });
  });

  const operator = () => connectAs('operator', nodes[0]!.url, passwords.operator);

  test('are refused with the reason when nobody waits, and made on three nodes when it has joined', async () => {
    const connection = await operator();
    await expect(ensureStreams(connection, { patience: 0 })).rejects.toThrow(/no suitable peers|insufficient/);
    const making = ensureStreams(connection);
    start(nodes.slice(2));
    const changed = await making;
    expect(changed).toContain('stream records is missing');
    const manager = await connection.jetstreamManager();
    expect((await manager.streams.info('records')).config.num_replicas).toBe(3);
    expect(await ensureStreams(connection)).toEqual([]);
    await connection.close();
  }, 60_000);
});
