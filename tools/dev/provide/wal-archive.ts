import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Missing, fromRoot } from '../workspace';
import { ownDirectory, reachable, type Identity } from './unprivileged';

export interface WalArchive {
  readonly dir: string;
  /** A segment that is not full is finished after so long: what a lost disk may cost. 60 by default. */
  readonly seconds?: number;
}

/**
 * Every cluster has a number of its own, made by initdb and kept by its backups; the first eight bytes of `pg_control`. Archives lie
 * below it, so that a system that starts over never meets segments of its predecessor.
 */
export const systemIdentifier = (data: string): string =>
  readFileSync(join(data, 'global/pg_control')).readBigUInt64LE(0).toString();

/** Where segments of that cluster lie. */
export const walOf = (archive: string, cluster: string): string => join(archive, cluster, 'wal');

/** What makes a server copy its finished segments away (deploy/postgres/archive-wal.sh). */
export function archiveSettings(
  { dir, seconds = 60 }: WalArchive,
  data: string,
  identity: Identity | undefined,
): Record<string, string | number> {
  if (/['"\\%]/.test(dir)) throw new Missing(`The archive ${dir} must not have quotes, backslashes or % in its name.`);
  const cluster = systemIdentifier(data);
  for (const path of [dir, join(dir, cluster), walOf(dir, cluster)]) ownDirectory(path, identity);
  if (!reachable(walOf(dir, cluster), '-w', identity))
    throw new Missing(`The user that runs PostgreSQL cannot write to ${dir}: choose another place (--archive-to DIR).`);
  // A copy: the server's user may not be able to read the checkout.
  const script = join(dir, 'archive-wal.sh');
  copyFileSync(fromRoot('deploy/postgres/archive-wal.sh'), script);
  return {
    archive_mode: 'on',
    archive_command: `sh '${script}' "%p" "%f" '${walOf(dir, cluster)}'`,
    archive_timeout: `${seconds}s`,
  };
}

/** How a server that is being restored fetches segments from that archive. */
export const restoreCommand = (archive: string, cluster: string): string =>
  `gzip -dc '${walOf(archive, cluster)}/%f.gz' > "%p"`;
