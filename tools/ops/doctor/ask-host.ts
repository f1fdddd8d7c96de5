import { existsSync, readFileSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { readState } from '@shidang/dev';
import { walSince } from '../backup/archived-wal';
import { backupsIn } from '../backup/backup-place';
import type { Facts, Listening } from './facts';

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path).flatMap((name) => filesBelow(join(path, name)))];
}

const forOthers = 0o077;

/** Directories closed to others hide what lies in them. */
function openTo(path: string): string[] {
  return filesBelow(path).filter((one) => (statSync(one).mode & forOthers) !== 0);
}

/** `0100007F:1F90` of /proc/net/tcp: address in the host's byte order, port. */
function addressOf(local: string): { address: string; port: number } {
  const [address = '', port = ''] = local.split(':');
  const bytes = (address.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const named = bytes.length === 4 ? bytes.reverse().join('.') : address === `${'0'.repeat(24)}01000000` ? '::1' : '::';
  return { address: named, port: Number.parseInt(port, 16) };
}

function listeners(): { address: string; port: number }[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    if (!existsSync(table)) return [];
    const lines = readFileSync(table, 'utf8').trim().split('\n').slice(1);
    return lines.flatMap((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      return state === '0A' ? [addressOf(local)] : [];
    });
  });
}

function exposedOf(ports: Readonly<Record<string, number>>): Listening[] {
  const open = listeners().filter(({ address }) => !address.startsWith('127.') && address !== '::1');
  return Object.entries(ports).flatMap(([name, port]) =>
    open.filter((one) => one.port === port).map(({ address }) => ({ name, address, port })),
  );
}

async function notReadyOf(ports: Readonly<Record<string, number>>): Promise<Record<string, string>> {
  const probes = Object.entries(ports).filter(([name]) => name.endsWith('-health'));
  const found: Record<string, string> = {};
  await Promise.all(
    probes.map(async ([name, port]) => {
      const why = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(5_000) }).then(
        async (answer) => (answer.ok ? undefined : ((await answer.json()) as { failing: string[] }).failing.join(', ')),
        (failure: Error) => (failure.cause as Error | undefined)?.message ?? failure.message,
      );
      if (why !== undefined) found[name.replace(/-health$/, '')] = why;
    }),
  );
  return found;
}

function newestBackup(archive: string): Facts['newestBackup'] {
  const backup = backupsIn(archive).at(-1);
  return backup && { label: backup.label, finishedAt: backup.finishedAt, missing: walSince(archive, backup).missing };
}

/** What can be seen without any server; `ports` of a running system are looked at, too. */
export async function askHost(
  dir: string,
  archive: string,
  running: boolean,
): Promise<Omit<Facts, 'postgres' | 'nats'>> {
  const { bavail, bsize } = statfsSync(existsSync(dir) ? dir : '/');
  const ports = running ? (readState(dir)?.ports ?? {}) : {};
  return {
    now: new Date(),
    node: process.versions.node,
    freeBytes: bavail * bsize,
    running,
    notReady: running ? await notReadyOf(ports) : undefined,
    openFiles: ['keys', 'secrets.json', 'saved-keys'].flatMap((name) => openTo(join(dir, name))),
    exposed: exposedOf(ports),
    newestBackup: newestBackup(archive),
  };
}
