import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot, workspaceRoot } from '../workspace';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: the system's `postgres` or `nobody` runs it then. Undefined for an ordinary user. */
export function unprivileged(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = (users.find((line) => line.startsWith(`${wanted}:`)) ?? '').split(':');
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  return { uid: 65534, gid: 65534 };
}

/** Whether that user can use the path; a checkout under a 0700 home hides everything below it. */
export function reachable(path: string, right: '-r' | '-w' | '-x', identity: Identity | undefined): boolean {
  return spawnSync('test', [right, path], { cwd: '/', ...identity }).status === 0;
}

/** A directory owned by that user and closed to all others. */
export function ownDirectory(path: string, identity: Identity | undefined): string {
  mkdirSync(path, { recursive: true });
  if (identity) chownSync(path, identity.uid, identity.gid);
  chmodSync(path, 0o700);
  return path;
}

/**
 * Where that user's files may lie: the wanted directory, or, where he cannot get there, one of its own under /var/lib.
 * The caller says so on the console: it is the only thing kept outside the checkout.
 */
export function placeFor(wanted: string, identity: Identity | undefined): string {
  mkdirSync(wanted, { recursive: true });
  if (!identity) return wanted;
  chmodSync(wanted, 0o711);
  if (reachable(wanted, '-x', identity)) return wanted;
  const name = wanted === fromRoot('.local') ? workspaceRoot : wanted;
  const outside = join('/var/lib/shidang', createHash('sha256').update(name).digest('hex').slice(0, 12));
  if (!existsSync(outside)) mkdirSync(outside, { recursive: true, mode: 0o711 });
  chmodSync('/var/lib/shidang', 0o711);
  chmodSync(outside, 0o711);
  return outside;
}
