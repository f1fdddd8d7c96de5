import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Missing } from '@shidang/dev';

/** Rows of each table just before the backup began and just after it ended. */
export type CountedRows = Readonly<Record<string, readonly [before: number, after: number]>>;

/** `backup.json` beside `base.tar.gz` and `backup_manifest`. */
export interface Backup {
  readonly version: 1;
  /** UTC second it began, also its directory's name. */
  readonly label: string;
  /** PostgreSQL's system identifier: backups and WAL belong together by it. */
  readonly cluster: string;
  readonly postgres: string;
  readonly startedAt: string;
  /** From here on every moment can be restored, as far as WAL is archived. */
  readonly finishedAt: string;
  readonly startLsn: string;
  readonly stopLsn: string;
  readonly timeline: number;
  readonly bytes: number;
  readonly packedBytes: number;
  /** Of `base.tar.gz`. */
  readonly sha256: string;
  /** Where keys and secrets of that moment were saved. */
  readonly keys: string;
  readonly rows: Readonly<Record<string, CountedRows>>;
}

export const basesOf = (archive: string, cluster: string): string => join(archive, cluster, 'base');

export const filesOf = (archive: string, { cluster, label }: Pick<Backup, 'cluster' | 'label'>) => {
  const dir = join(basesOf(archive, cluster), label);
  return {
    dir,
    base: join(dir, 'base.tar.gz'),
    manifest: join(dir, 'backup_manifest'),
    note: join(dir, 'backup.json'),
    /** Of the audit chains, as they were known outside when it began. */
    heads: join(dir, 'audit-heads'),
  };
};

const clustersIn = (archive: string): string[] =>
  existsSync(archive) ? readdirSync(archive).filter((name) => /^\d+$/.test(name)) : [];

/** Whole backups, oldest first; one that was interrupted has another name. */
export function backupsIn(archive: string): Backup[] {
  const found = clustersIn(archive).flatMap((cluster) => {
    const bases = basesOf(archive, cluster);
    const labels = existsSync(bases) ? readdirSync(bases).filter((name) => !name.endsWith('.part')) : [];
    return labels.map((label) => JSON.parse(readFileSync(filesOf(archive, { cluster, label }).note, 'utf8')) as Backup);
  });
  return found.sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** The one with that label, or the newest. */
export function backupNamed(archive: string, label?: string): Backup {
  const found = backupsIn(archive);
  const wanted = label === undefined ? found.at(-1) : found.find((backup) => backup.label === label);
  if (wanted) return wanted;
  const what = label === undefined ? 'There is no backup' : `There is no backup ${label}`;
  throw new Missing(`${what} in ${archive}: npm run ops -- backup take`);
}

/** The last one that had ended at that moment. */
export function backupBefore(archive: string, moment: Date): Backup {
  const found = backupsIn(archive).filter((backup) => new Date(backup.finishedAt) <= moment);
  if (found.length > 0) return found.at(-1)!;
  const first = backupsIn(archive)[0];
  throw new Missing(
    `No backup in ${archive} had ended at ${moment.toISOString()}` +
      (first ? `; the first one ended at ${first.finishedAt}.` : ': there is none.'),
  );
}

export function privateDirectory(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
