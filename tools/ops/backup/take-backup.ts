import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { serviceNames } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { newId } from '@shidang/persistence';
import { backupInto } from './base-backup';
import { filesOf, privateDirectory, type Backup, type CountedRows } from './backup-place';
import { databaseOf, rowsOfServices } from './counted-rows';
import { copyHeads, headsIn } from './saved-heads';
import { saveKeys } from './saved-keys';

export interface BackupWish {
  readonly adminUrl: string;
  /** Of the system: its keys lie there. */
  readonly dir: string;
  readonly archive: string;
  readonly keysTo: string;
  readonly say: (line: string) => void;
}

export interface TakenBackup {
  readonly backup: Backup;
  /** Without archived WAL only the moment of the backup itself can be restored. */
  readonly archiving: boolean;
}

async function clusterOf(adminUrl: string) {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<{ cluster: string; postgres: string; archiving: boolean }>(
      `select system_identifier::text as cluster, current_setting('server_version') as postgres,
              current_setting('archive_mode') <> 'off' as archiving from pg_control_system()`,
    ),
  );
  return rows[0]!;
}

function onDisk(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

function written(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  onDisk(path);
}

type Counts = Awaited<ReturnType<typeof rowsOfServices>>;

const beforeAndAfter = (before: Counts, after: Counts): Record<string, CountedRows> =>
  Object.fromEntries(
    serviceNames.map((service) => [
      service,
      Object.fromEntries(
        Object.entries(after[service]).map(([table, n]) => [table, [before[service][table] ?? 0, n] as const]),
      ),
    ]),
  );

/** For the metrics, where the database is of this release: also one about to be upgraded is backed up. */
const tellAge = (adminUrl: string) =>
  asAdmin(databaseOf(adminUrl, 'identity'), async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('backup_taken') is not null as there`);
    if (rows[0]?.there) await client.query('insert into backup_taken (id) values ($1)', [newId()]);
  });

/**
 * A base backup with its manifest, whole or not at all: it is made under another name. NATS is not in it: streams come again from
 * the outboxes. Keys go to a place of their own.
 */
export async function takeBackup({ adminUrl, dir, archive, keysTo, say }: BackupWish): Promise<TakenBackup> {
  const { cluster, postgres, archiving } = await clusterOf(adminUrl);
  const startedAt = new Date();
  const label = startedAt.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  const files = filesOf(archive, { cluster, label });
  const making = filesOf(archive, { cluster, label: `${label}.part` });
  const keys = saveKeys(dir, keysTo);
  say(`keys saved in ${keys}`);
  privateDirectory(making.dir);
  try {
    copyHeads(headsIn(dir), making.heads);
    const before = await rowsOfServices(adminUrl);
    const sent = await backupInto(adminUrl, `shidang ${label}`, making.base);
    const after = await rowsOfServices(adminUrl);
    const { manifest, startLsn, stopLsn, timeline, bytes, packedBytes, sha256 } = sent;
    const measured = { startLsn, stopLsn, timeline, bytes, packedBytes, sha256 };
    const moments = { startedAt: startedAt.toISOString(), finishedAt: new Date().toISOString() };
    const rows = beforeAndAfter(before, after);
    const backup: Backup = { version: 1, label, cluster, postgres, ...moments, ...measured, keys, rows };
    written(making.manifest, manifest);
    written(making.note, `${JSON.stringify(backup, null, 2)}\n`);
    onDisk(making.dir);
    renameSync(making.dir, files.dir);
    onDisk(dirname(files.dir));
    await tellAge(adminUrl);
    return { backup, archiving };
  } catch (failure) {
    rmSync(making.dir, { recursive: true, force: true });
    throw failure;
  }
}
