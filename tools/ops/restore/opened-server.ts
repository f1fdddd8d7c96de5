import { spawn } from 'node:child_process';
import { chownSync, createReadStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  Guarded,
  Missing,
  asAdmin,
  ownDirectory,
  placeFor,
  preparePostgres,
  unprivileged,
  until,
  type PreparedPostgres,
} from '@shidang/dev';
import { filesOf, type Backup } from '../backup/backup-place';

export interface OpenedServer {
  readonly adminUrl: string;
  /** Its data directory. */
  readonly data: string;
  stop(): Promise<void>;
}

export interface Opening {
  readonly archive: string;
  readonly backup: Backup;
  /** Gets `postgres`, `logs`; must hold neither. */
  readonly dir: string;
  /** Of the cluster when it was backed up. */
  readonly adminPassword: string;
  /** Where to stop rolling forward and where WAL comes from; without it the server opens at the end of the backup itself. */
  readonly recovery?: Readonly<Record<string, string>>;
  /** Asked between unpacking and the first start, which changes files. */
  readonly unpacked?: (data: string) => Promise<void>;
  /** For a server that is looked at and thrown away. */
  readonly scratch?: boolean;
  readonly seconds?: number;
  readonly say?: (line: string) => void;
}

/** tar runs as the server's user: PostgreSQL wants to own its files, root's tar would keep the numbers of another machine. */
async function extract(base: string, data: string): Promise<void> {
  const tar = spawn('tar', ['-xzf', '-', '-C', data, '--no-same-owner', '--no-same-permissions'], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
    ...unprivileged(),
  });
  let said = '';
  tar.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number>((settle) => tar.once('close', (code) => settle(code ?? 1)));
  const fed = await pipeline(createReadStream(base), tar.stdin).catch((failure: Error) => failure);
  const code = await ended;
  if (code !== 0) throw new Error(`tar cannot unpack ${base}: ${said.trim().slice(-500)}`);
  if (fed) throw fed;
}

function tailOf(log: string): string {
  if (!existsSync(log)) return '';
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => /FATAL|ERROR|PANIC|recovery|consistent/.test(line))
    .slice(-6)
    .join('\n');
}

/** Waits until it takes writes; a server that gives up says why in its log. */
async function promoted(server: Guarded, prepared: PreparedPostgres, seconds: number): Promise<void> {
  let over = false;
  const ended = server.ended.then(() => {
    over = true;
    throw new Missing(`PostgreSQL did not reach the end of the recovery:\n${tailOf(server.what.log)}`);
  });
  ended.catch(() => undefined);
  const open = until('the end of the recovery', seconds, async () => {
    if (over) return true;
    const { rows } = await asAdmin(prepared.adminUrl, (client) =>
      client.query<{ recovering: boolean }>('select pg_is_in_recovery() as recovering'),
    );
    return rows[0]?.recovering === false ? true : undefined;
  });
  await Promise.race([open, ended]);
  if (over) await ended;
}

function askForRecovery(data: string): void {
  const signal = join(data, 'recovery.signal');
  writeFileSync(signal, '');
  const identity = unprivileged();
  if (identity) chownSync(signal, identity.uid, identity.gid);
}

/** A backup unpacked below `dir`, its server started and recovered. */
export async function openBackup(wish: Opening): Promise<OpenedServer> {
  const { archive, backup, dir, recovery, scratch } = wish;
  const identity = unprivileged();
  const data = join(placeFor(dir, identity), 'postgres');
  if (existsSync(data)) throw new Missing(`${data} is there already: a backup is never restored over anything.`);
  const giveUp = (failure: Error): never => {
    rmSync(data, { recursive: true, force: true });
    throw failure;
  };
  await extract(filesOf(archive, backup).base, ownDirectory(data, identity)).catch(giveUp);
  await wish.unpacked?.(data);
  if (recovery) askForRecovery(data);
  const prepared = await preparePostgres({
    dir,
    adminPassword: wish.adminPassword,
    throwAway: scratch,
    say: wish.say,
    settings: { archive_mode: 'off', ...recovery },
  });
  const major = (version: string) => version.split('.')[0];
  if (major(prepared.version) !== major(backup.postgres))
    throw new Missing(
      `The backup is of PostgreSQL ${backup.postgres}, here is ${prepared.version}: the same major version is needed.`,
    );
  const server = Guarded.start(prepared.command);
  const stop = async () => void (await server.stop());
  try {
    await promoted(server, prepared, wish.seconds ?? 3600);
    return { adminUrl: prepared.adminUrl, data, stop };
  } catch (failure) {
    await stop();
    return giveUp(failure as Error);
  }
}
