import { connectNats } from '@shidang/bus';
import {
  asAdmin,
  findNats,
  freePort,
  fromRoot,
  Guarded,
  makeCertificates,
  natsAnswers,
  natsUsers,
  releasePort,
} from '@shidang/dev';
import { migrateDatabase, openDatabase } from '@shidang/persistence';
import { Metrics, showCertificates } from '@shidang/service-host';
import { connectAs, ensureStreams } from '@shidang/streams';
import { emptyDatabase, eventually, type SuiteDatabase } from '@shidang/testing';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let dir: string;
let foreign: string;
const secretsOf = (user: string) => `secret-of-${user}`;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'shidang-tls-'));
  foreign = join(dir, 'foreign');
  await makeCertificates(dir);
  await makeCertificates(foreign);
  for (const user of natsUsers) writeFileSync(join(dir, `nats-password-${user}`), `${secretsOf(user)}\n`);
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('three nodes of deploy/nats with certificates of deploy/certificates.sh', () => {
  const nodes = ['nats-0', 'nats-1', 'nats-2'];
  const ports = new Map<string, { client: number; route: number; monitor: number }>();
  const servers: Guarded[] = [];
  let servedUrl = '';

  /** server.conf as it is, but for the addresses and directories of this machine. */
  function placed(name: string): string {
    const own = ports.get(name)!;
    const home = join(dir, name);
    mkdirSync(home);
    const conf = readFileSync(fromRoot('deploy/nats/server.conf'), 'utf8')
      .replaceAll('/run/secrets/', `${dir}/`)
      .replace('"/data"', `"${home}/data"`)
      .replace('0.0.0.0:4222', `127.0.0.1:${own.client}`)
      .replace('0.0.0.0:8222', `127.0.0.1:${own.monitor}`)
      .replace('0.0.0.0:6222', `127.0.0.1:${own.route}`)
      .replace(/nats:\/\/(nats-\d)\.nats:6222/g, (_, other: string) => `nats://127.0.0.1:${ports.get(other)!.route}`)
      .replace('$NATS_ADVERTISE', `"127.0.0.1:${own.route}"`);
    copyFileSync(fromRoot('deploy/nats/permissions.conf'), join(home, 'permissions.conf'));
    writeFileSync(join(home, 'server.conf'), conf);
    return join(home, 'server.conf');
  }

  beforeAll(async () => {
    const binary = await findNats();
    for (const name of nodes)
      ports.set(name, { client: await freePort(), route: await freePort(), monitor: await freePort() });
    for (const name of nodes)
      servers.push(
        Guarded.start({
          name,
          command: fromRoot('deploy/nats/start.sh'),
          args: ['-c', placed(name)],
          env: { PATH: process.env['PATH'], SECRETS: dir, NATS_NAME: name, NATS_SERVER: binary },
          log: join(dir, `${name}.log`),
          stopSignal: 'SIGTERM',
          graceSeconds: 5,
        }),
      );
    await Promise.all([...ports.values()].map(({ monitor }) => natsAnswers(monitor, 60)));
    servedUrl = [...ports.values()].map(({ client }) => `nats://127.0.0.1:${client}`).join(',');
  }, 120_000);
  afterAll(async () => {
    for (const server of servers) await server.stop();
    for (const { client, route, monitor } of ports.values()) [client, route, monitor].forEach(releasePort);
  });

  it('know each other by certificate and keep streams on three nodes', async () => {
    const operator = await connectAs('operator', servedUrl, secretsOf('operator'), join(dir, 'ca.pem'));
    await ensureStreams(operator);
    const manager = await operator.jetstreamManager();
    expect((await manager.streams.info('records')).config.num_replicas).toBe(3);
    await operator.close();
  }, 60_000);

  it('let a service in that knows their authority, and none in plain text or under another authority', async () => {
    const access = { url: servedUrl, user: 'records', password: secretsOf('records') };
    const known = await connectNats({ ...access, caFile: join(dir, 'ca.pem') }, 'records-test');
    await known.flush();
    await known.close();
    const one = servedUrl.split(',')[0]!;
    await expect(connectAs('records', one, secretsOf('records'))).rejects.toThrow(/certificate|self-signed/);
    await expect(connectAs('records', one, secretsOf('records'), join(foreign, 'ca.pem'))).rejects.toThrow(
      /certificate|self-signed/,
    );
    expect(await shown({ spoken: 'nats', url: servedUrl, caFile: join(dir, 'ca.pem') })).toEqual({
      nats: goodUntil('nats-cert.pem'),
      'nats authority': goodUntil('ca.pem'),
    });
    const heard = await plainly(Number(new URL(one).port));
    expect(heard).toMatch(/^INFO .*"tls_required":true/);
    expect(heard).not.toContain('PONG');
  }, 60_000);
});

const goodUntil = (name: string): number =>
  Date.parse(new X509Certificate(readFileSync(join(dir, name))).validTo) / 1_000;

/** What a process tells in its metrics of the certificates it meets. */
async function shown(server: Parameters<typeof showCertificates>[1][number]): Promise<Record<string, number>> {
  const metrics = new Metrics('records');
  showCertificates(metrics, [server]);
  const series = /^shidang_certificate_expires_timestamp_seconds\{certificate="([^"]+)".*\} (.*)$/gm;
  const text = await metrics.registry.metrics();
  return Object.fromEntries([...text.matchAll(series)].map(([, name, until]) => [name!, Number(until)]));
}

/** What the server says, until it hangs up or answers, to somebody who knows a password and speaks without TLS. */
function plainly(port: number): Promise<string> {
  return new Promise((settle) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      if (heard.includes('PONG')) socket.destroy();
    });
    socket.on('error', () => undefined).on('close', () => settle(heard));
    const login = JSON.stringify({ user: 'records', pass: secretsOf('records'), verbose: false });
    socket.write(`CONNECT ${login}\r\nPING\r\n`);
  });
}

describe('PostgreSQL with a certificate of deploy/certificates.sh', () => {
  let database: SuiteDatabase;
  const schema = { entities: [] };
  const set = (settings: Record<string, string>) =>
    asAdmin(database.adminUrl, async (client) => {
      for (const [name, value] of Object.entries(settings)) await client.query(`alter system set ${name} = '${value}'`);
      await client.query('select pg_reload_conf()');
    });

  beforeAll(async () => {
    database = await emptyDatabase();
    const { rows } = await asAdmin(database.adminUrl, (client) =>
      client.query<{ data_directory: string }>('show data_directory'),
    );
    const data = rows[0]!.data_directory;
    const { uid, gid } = statSync(data);
    for (const name of ['postgres-cert.pem', 'postgres-key.pem']) {
      copyFileSync(join(dir, name), join(data, name));
      chownSync(join(data, name), uid, gid);
      chmodSync(join(data, name), 0o600);
    }
    await set({ ssl_cert_file: 'postgres-cert.pem', ssl_key_file: 'postgres-key.pem', ssl: 'on' });
  }, 60_000);
  afterAll(async () => {
    await set({ ssl: 'off' });
    await database.drop();
  });

  it('is spoken to over TLS by a service that knows the authority, and not trusted by one that knows another', async () => {
    const migrate = (caFile: string) => migrateDatabase(database.ownerUrl, schema, { caFile });
    await eventually(() => migrate(join(dir, 'ca.pem')), 'the server has read its certificate');
    const orm = await openDatabase(database.appUrl, schema, { throwAway: true, caFile: join(dir, 'ca.pem') });
    const rows = await orm.em.getConnection().execute('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    await orm.close(true);
    expect(rows).toEqual([{ ssl: true }]);
    expect(await shown({ spoken: 'postgresql', url: database.appUrl, caFile: join(dir, 'ca.pem') })).toEqual({
      postgresql: goodUntil('postgres-cert.pem'),
      'postgresql authority': goodUntil('ca.pem'),
    });
    expect(await shown({ spoken: 'postgresql', url: database.appUrl })).toEqual({});
    await expect(migrate(join(foreign, 'ca.pem'))).rejects.toThrow(/certificate|self-signed/);
  });
});
