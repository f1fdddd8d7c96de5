import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accessTo,
  asAdmin,
  ensureDatabase,
  Guarded,
  inDatabase,
  keyFileOf,
  postgresAnswers,
  preparePostgres,
  secretsOf,
  throwAwayDirectory,
} from '@shidang/dev';
import {
  AuditSealer,
  FileKeyProvider,
  migrateDatabase,
  openDatabase,
  Vault,
  verifyChain,
  Work,
  type ChainVerdict,
  type Sql,
} from '@shidang/persistence';

const service = 'review';
const schema = { entities: [] };

/** Seconds of processor of one process; 100 ticks a second on Linux. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export interface AuditSpeed {
  readonly rows: number;
  readonly intact: boolean;
  readonly sealSeconds: number;
  readonly seconds: number;
  /** Of the verifying process, and of the server process it reads from. */
  readonly cpuSeconds: number;
  readonly serverCpuSeconds: number;
}

/** Rows as services write them, of the last hour: they open the chain. */
const filled = (rows: number) => `
  insert into audit_event (id, at, account_id, person_id, role, org_path, what, object, result, before_hash, after_hash, address, trace_id)
  select (lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid,
    to_timestamp(ms / 1000.0), gen_random_uuid(), gen_random_uuid(), 'informationAdministrator', '0.33.3311.331102.2133110001.',
    'records.entry.patch', 'entry:' || gen_random_uuid(), 'done', md5(n::text) || md5((n + 1)::text), md5((n + 2)::text) || md5((n + 3)::text),
    '10.1.2.3', md5(n::text)
  from (select n, (extract(epoch from now()) * 1000)::bigint - 3600000 + n * 3600000::bigint / ${rows} as ms from generate_series(1, ${rows}) n) made`;

async function measured(work: Work, verify: (sql: Sql) => Promise<ChainVerdict>) {
  return work.snapshot('audit-chain', async (_, sql) => {
    const [backend] = await sql<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = backend!.pid;
    const [server, own, begun] = [processorSeconds(pid), process.cpuUsage(), performance.now()];
    const { intact, rows } = await verify(sql);
    const { user, system } = process.cpuUsage(own);
    return {
      intact,
      rows,
      seconds: (performance.now() - begun) / 1_000,
      cpuSeconds: (user + system) / 1e6,
      serverCpuSeconds: processorSeconds(pid) - server,
    };
  });
}

/** Fills a chain of so many rows in a server of its own and verifies all of it (T2). */
export async function drillAudit(rows: number, say: (line: string) => void): Promise<AuditSpeed> {
  const home = throwAwayDirectory('audit-drill');
  const { dir } = home;
  const secrets = secretsOf(dir);
  const { adminUrl, command } = await preparePostgres({ dir, adminPassword: secrets.postgresAdmin, throwAway: true });
  const server = Guarded.start(command);
  try {
    await postgresAnswers(adminUrl);
    await ensureDatabase(adminUrl, service, secrets.databases[service]);
    await keyFileOf(dir, service);
    const urls = accessTo(adminUrl, service, secrets.databases[service], `shidang_${service}`);
    await migrateDatabase(urls.ownerUrl, schema);
    await asAdmin(inDatabase(adminUrl, `shidang_${service}`), async (client) => {
      await client.query(filled(rows));
      await client.query('vacuum analyze audit_event');
    });
    say(`${rows} rows are written`);
    const orm = await openDatabase(urls.appUrl, schema, { throwAway: true });
    try {
      const vault = new Vault(new FileKeyProvider(join(dir, 'keys', `${service}.json`)));
      const work = new Work(orm, vault);
      const begun = performance.now();
      await new AuditSealer(work, vault.auditKeys, service).sealAll();
      const sealSeconds = (performance.now() - begun) / 1_000;
      say(`sealed in ${sealSeconds.toFixed(1)} s`);
      const question = { service, keys: vault.auditKeys, outside: [] };
      return { sealSeconds, ...(await measured(work, (sql) => verifyChain(sql, question))) };
    } finally {
      await orm.close(true);
    }
  } finally {
    await server.stop();
    await home.remove();
  }
}
