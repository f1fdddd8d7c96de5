import { fork, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { asAdmin, findNats, freePort, inDatabase, until } from '@shidang/dev';
import { connectNats } from '@shidang/bus';
import { benchTables, sessionTable } from './statements';

/** The limit while it runs: bare gateway and worker on a NATS of their own, over the databases of the product. */
export interface RunningLimit {
  readonly port: number;
  stop(): Promise<void>;
}

/** As superuser: row-level security does not bind it. */
export async function startLimit(adminUrl: string): Promise<RunningLimit> {
  await asAdmin(inDatabase(adminUrl, 'shidang_records'), (client) => client.query(benchTables));
  await asAdmin(inDatabase(adminUrl, 'shidang_identity'), (client) => client.query(sessionTable));
  const [natsPort, port] = [await freePort(), await freePort()];
  const password = `s${randomBytes(12).toString('hex')}`;
  const url = `nats://127.0.0.1:${natsPort}`;
  const nats = spawn(
    await findNats(),
    ['-a', '127.0.0.1', '-p', String(natsPort), '--user', 'bench', '--pass', password],
    {
      stdio: 'ignore',
    },
  );
  await until('NATS of the limit', 15, async () => {
    const connection = await connectNats({ url, user: 'bench', password }, 'limit-look');
    await connection.close();
    return true;
  });
  const env = {
    PATH: process.env['PATH'],
    LIMIT_NATS_URL: url,
    LIMIT_NATS_PASSWORD: password,
    LIMIT_PORT: String(port),
    LIMIT_IDENTITY_URL: inDatabase(adminUrl, 'shidang_identity'),
    LIMIT_RECORDS_URL: inDatabase(adminUrl, 'shidang_records'),
    LIMIT_REPORTING_URL: inDatabase(adminUrl, 'shidang_reporting'),
  };
  const started = async (file: string): Promise<ChildProcess> => {
    const child = fork(join(__dirname, file), [], { env });
    await once(child, 'message');
    return child;
  };
  const children = [nats, await started('worker-main.js'), await started('gateway-main.js')];
  return {
    port,
    stop: async () => {
      for (const child of children.reverse()) {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
    },
  };
}
