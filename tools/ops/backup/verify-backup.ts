import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@shidang/contracts';
import { asAdmin, throwAwayDirectory } from '@shidang/dev';
import { adminPasswordIn } from '../restore/restore-system';
import { openBackup } from '../restore/opened-server';
import { openSealed } from '../restore/sealed-values';
import { unsound } from '../restore/sound-database';
import { walSince } from './archived-wal';
import { filesOf, type Backup, type CountedRows } from './backup-place';
import { readEveryPage } from './base-backup';
import { wrongFiles, wrongPackage } from './checked-files';
import { databaseOf, rowsOfServices } from './counted-rows';
import { lookAtTrails } from './sealed-trails';

export interface Verified {
  readonly backup: string;
  /** What was looked at and how much of it. */
  readonly looked: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  readonly rows: Awaited<ReturnType<typeof rowsOfServices>>;
}

export interface VerifyWish {
  readonly archive: string;
  readonly backup: Backup;
  /** Saved keys; where the backup noted them when it is not said. */
  readonly keys: string;
  /** Sealed values opened per kind. */
  readonly values: number;
  readonly say: (line: string) => void;
}

/** Only ever added to: what was there when the backup began must be there. */
const appendOnly = ['audit_event', 'audit_seal', 'audit_witness', 'outbox', 'inbox'];

/** Rows against what was counted around the backup: exactly when nothing went on, what only grows within bounds otherwise. */
function lostRows(service: string, noted: CountedRows, found: Readonly<Record<string, number>>): string[] {
  const quiet = Object.values(noted).every(([before, after]) => before === after);
  return Object.entries(noted).flatMap(([table, [before, after]]) => {
    const n = found[table];
    if (n === undefined) return [`${service}.${table} is missing`];
    if ((n >= before && n <= after) || !(quiet || appendOnly.includes(table))) return [];
    return [`${service}.${table} has ${n} rows, counted ${before} … ${after}`];
  });
}

async function lookInside(adminUrl: string, wish: VerifyWish) {
  const { backup, keys, values, say } = wish;
  say('reading every page, constraint, index, audit row');
  const { bytes } = await readEveryPage(adminUrl).catch((failure: Error) => ({ bytes: failure }));
  const wrong = bytes instanceof Error ? [`page checksums: ${bytes.message}`] : [];
  for (const service of serviceNames) {
    const found = await asAdmin(databaseOf(adminUrl, service), unsound);
    wrong.push(...found.map((sentence) => `${service}: ${sentence}`));
  }
  const rows = await rowsOfServices(adminUrl);
  for (const service of serviceNames) wrong.push(...lostRows(service, backup.rows[service] ?? {}, rows[service]));
  const { opened, closed } = await openSealed(adminUrl, keys, values);
  wrong.push(...closed.map((value) => `a sealed value does not open: ${value}`));
  const trails = await lookAtTrails(adminUrl, keys, filesOf(wish.archive, backup).heads);
  wrong.push(...trails.wrong);
  const counted = Object.values(rows).flatMap((tables) => Object.values(tables));
  return {
    rows,
    wrong,
    looked: {
      bytes: bytes instanceof Error ? 0 : bytes,
      rows: counted.reduce((sum, n) => sum + n, 0),
      tables: counted.length,
      sealedValues: opened,
      sealedAuditRows: trails.rows,
    },
  };
}

/** Restores the backup into a server of its own and looks at everything; nothing of it stays. */
export async function verifyBackup(wish: VerifyWish): Promise<Verified> {
  const { archive, backup, keys, say } = wish;
  const wrong = await wrongPackage(archive, backup);
  const { missing } = walSince(archive, backup);
  if (missing > 0) wrong.push(`${missing} WAL segments are missing since the backup: take another one`);
  if (wrong.length > 0) return { backup: backup.label, looked: {}, wrong, rows: {} as Verified['rows'] };
  const home = throwAwayDirectory('verify');
  try {
    const dir = join(home.dir, 'system');
    mkdirSync(dir);
    say(`restoring ${backup.label} into ${dir}`);
    const unpacked = async (data: string) => void wrong.push(...(await wrongFiles(archive, backup, data)));
    const opening = { archive, backup, dir, adminPassword: adminPasswordIn(keys), scratch: true, unpacked };
    const server = await openBackup(opening);
    try {
      const inside = await lookInside(server.adminUrl, wish);
      return { ...inside, backup: backup.label, wrong: [...wrong, ...inside.wrong] };
    } finally {
      await server.stop();
    }
  } finally {
    await home.remove();
  }
}
