import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { walOf } from '@shidang/dev';
import type { Backup } from './backup-place';

/** `TTTTTTTTXXXXXXXXYYYYYYYY`: timeline, then 4 GB, then which of its 256 segments of 16 MB. */
const segment = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})\.gz$/;
const segmentBytes = 16 * 1024 * 1024;

const numberOf = ([, , high, low]: RegExpMatchArray): number =>
  Number.parseInt(high ?? '', 16) * 256 + Number.parseInt(low ?? '', 16);

/** `0/2000028` → the number of the segment it lies in. */
function segmentOf(lsn: string): number {
  const [high = '0', low = '0'] = lsn.split('/');
  return Number.parseInt(high, 16) * 256 + Math.floor(Number.parseInt(low, 16) / segmentBytes);
}

interface Archived {
  readonly name: string;
  readonly timeline: number;
  readonly number: number;
}

function segmentsIn(dir: string): Archived[] {
  if (!existsSync(dir)) return [];
  const found = readdirSync(dir).flatMap((name) => {
    const match = segment.exec(name);
    return match ? [{ name, timeline: Number.parseInt(match[1] ?? '', 16), number: numberOf(match) }] : [];
  });
  return found.sort((a, b) => a.number - b.number);
}

export interface WalSince {
  readonly segments: number;
  readonly bytes: number;
  /** When the last one arrived before a gap: up to about then one can restore. */
  readonly until?: string;
  /** Segments that are missing in between. */
  readonly missing: number;
}

/** What is archived from the beginning of that backup on, on its timeline. */
export function walSince(archive: string, backup: Backup): WalSince {
  const dir = walOf(archive, backup.cluster);
  const first = segmentOf(backup.startLsn);
  const there = segmentsIn(dir).filter(({ timeline, number }) => timeline === backup.timeline && number >= first);
  const unbroken = there.filter(({ number }, at) => number === first + at);
  const last = unbroken.at(-1);
  return {
    segments: there.length,
    bytes: there.reduce((sum, { name }) => sum + statSync(join(dir, name)).size, 0),
    until: last && statSync(join(dir, last.name)).mtime.toISOString(),
    missing: there.length === 0 ? 0 : there.at(-1)!.number - first + 1 - there.length,
  };
}

/** Segments no backup from this one on needs. History files stay: they are small and tell timelines apart. */
export function walBefore(archive: string, oldest: Backup): { paths: string[]; bytes: number } {
  const dir = walOf(archive, oldest.cluster);
  const first = segmentOf(oldest.startLsn);
  const old = segmentsIn(dir).filter(({ number }) => number < first);
  const paths = old.map(({ name }) => join(dir, name));
  return { paths, bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0) };
}

export const removeAll = (paths: readonly string[]): void => paths.forEach((path) => rmSync(path, { force: true }));
