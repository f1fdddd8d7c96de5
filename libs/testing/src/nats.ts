import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { ServiceName } from '@shidang/contracts';
import { Guarded, natsAnswers, prepareNats, type NatsUser } from '@shidang/dev';
import { connectAs, ensureStreams } from '@shidang/streams';
import type { NatsConnection } from 'nats';
import { eventually } from './eventually';
import { currentRun } from './run';

/** A nats-server of one suite, with the users of deploy/nats and the declared streams. */
export interface SuiteNats {
  readonly url: string;
  /** How that user connects; the shape libs/bus takes. */
  access(user: NatsUser): { url: string; user: NatsUser; password: string };
  /** A bare connection, closed by `stop`. */
  connect(user: NatsUser): Promise<NatsConnection>;
  /** Empties the streams of these services; durables start over. */
  purge(...services: ServiceName[]): Promise<void>;
  /** `kill -9` and start again on the same port with the same files. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const refuses = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('error', () => settle(true));
    socket.once('connect', () => {
      socket.destroy();
      settle(false);
    });
  });

async function makeStreams(url: string, password: string): Promise<void> {
  const operator = await connectAs('operator', url, password);
  try {
    await ensureStreams(operator);
  } finally {
    await operator.close();
  }
}

/** Starts one (some 100 ms with its streams). Stop it in `afterAll`. */
export async function natsForSuite(): Promise<SuiteNats> {
  const { dir, secrets } = currentRun();
  const home = mkdtempSync(join(dir, 'suite-'));
  const prepared = await prepareNats({ dir: home, passwords: secrets.nats });
  let server = Guarded.start(prepared.command);
  try {
    await natsAnswers(prepared.monitorPort);
    await makeStreams(prepared.url, secrets.nats.operator);
  } catch (failure) {
    await server.stop();
    throw failure;
  }
  const connections: NatsConnection[] = [];
  const connectUser = async (user: NatsUser) => {
    const connection = await connectAs(user, prepared.url, secrets.nats[user]);
    connections.push(connection);
    return connection;
  };
  return {
    url: prepared.url,
    access: (user) => ({ url: prepared.url, user, password: secrets.nats[user] }),
    connect: connectUser,
    async purge(...services) {
      const manager = await (await connectUser('operator')).jetstreamManager();
      for (const service of services) await manager.streams.purge(service);
    },
    async restart() {
      await server.kill();
      // its guard is gone; the server itself may still be dying, and holds its port
      await eventually(() => refuses(prepared.port), 'the killed server has let go of its port');
      server = Guarded.start(prepared.command);
      await natsAnswers(prepared.monitorPort);
    },
    async stop() {
      await Promise.all(connections.map((connection) => connection.close()));
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
