import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Missing, asAdmin, readState, isAlive, restoreCommand, type Secrets } from '@shidang/dev';
import { backupBefore, backupNamed, filesOf, type Backup } from '../backup/backup-place';
import { rowsOfServices } from '../backup/counted-rows';
import { copyHeads, headsIn } from '../backup/saved-heads';
import { keysOf, returnKeys } from '../backup/saved-keys';
import { retellFactsInFlight, type InFlight } from './facts-in-flight';
import { openBackup } from './opened-server';

export interface RestoreWish {
  readonly archive: string;
  /** A new directory, for `npm start -- --dir`. */
  readonly to: string;
  /** Everything committed up to this moment; the end of the archive when it is not said. */
  readonly moment?: Date;
  /** Where the keys are, when not where the backup noted them. */
  readonly keysFrom?: string;
  /** Heads of the audit chains as they are known now: of the destroyed system, or where they lie outside. Else those of the backup. */
  readonly headsFrom?: string;
  readonly say: (line: string) => void;
}

export interface Restored {
  readonly backup: Backup;
  /** Commit time of the last transaction that is there. */
  readonly lastCommit?: string;
  readonly seconds: number;
  readonly rows: Awaited<ReturnType<typeof rowsOfServices>>;
  readonly inFlight: InFlight;
}

/** What lies in a system's directory; a restored one gets a directory without. */
const ours = ['postgres', 'nats', 'keys', 'audit-heads', 'secrets.json', 'state.json'];

export function assertNew(to: string): void {
  const state = readState(to);
  if (state && isAlive(state.supervisor))
    throw new Missing(`A system is running in ${to}: nothing is restored over it.`);
  const there = existsSync(to) ? readdirSync(to).filter((name) => ours.includes(name)) : [];
  if (there.length > 0)
    throw new Missing(`${to} holds ${there.join(', ')} already: a backup is restored into a new directory only.`);
}

export const adminPasswordIn = (dir: string): string =>
  (JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8')) as Secrets).postgresAdmin;

/** Rolls the base backup forward to that moment and no further, then opens a new timeline. */
const recovery = (archive: string, cluster: string, moment?: Date): Record<string, string> => ({
  restore_command: restoreCommand(archive, cluster),
  recovery_target_timeline: 'latest',
  recovery_target_action: 'promote',
  ...(moment ? { recovery_target_time: moment.toISOString().replace('T', ' ').replace('Z', '+00') } : {}),
});

async function lastCommitOf(adminUrl: string): Promise<string | undefined> {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<{ at: Date | null }>('select pg_last_xact_replay_timestamp() as at'),
  );
  return rows[0]?.at?.toISOString();
}

/**
 * Base backup + WAL up to the moment in a new directory; its facts in flight leave the outboxes again when it is started.
 * The keys come last: a restore that was broken off has no password to PostgreSQL and cannot be started by mistake.
 */
export async function restoreSystem(wish: RestoreWish): Promise<Restored> {
  const { archive, to, moment, say } = wish;
  const started = Date.now();
  const backup = moment ? backupBefore(archive, moment) : backupNamed(archive);
  assertNew(to);
  const keys = keysOf(backup, wish.keysFrom);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  say(`backup ${backup.label}, rolled forward to ${moment?.toISOString() ?? 'the end of the archive'}`);
  const server = await openBackup({
    archive,
    backup,
    dir: to,
    adminPassword: adminPasswordIn(keys),
    recovery: recovery(archive, backup.cluster, moment),
    say,
  });
  try {
    const lastCommit = await lastCommitOf(server.adminUrl);
    const inFlight = await retellFactsInFlight(server.adminUrl, moment ?? new Date());
    const rows = await rowsOfServices(server.adminUrl);
    copyHeads(wish.headsFrom ?? filesOf(archive, backup).heads, headsIn(to));
    returnKeys(keys, to);
    return { backup, lastCommit, inFlight, rows, seconds: (Date.now() - started) / 1000 };
  } finally {
    await server.stop();
  }
}
