import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemWish } from '@shidang/dev';
import { rest } from '../client/client';
import type { Drill, Drilling } from '../drill';

const sizeMegabytes = 700;
const block = Buffer.alloc(1 << 20);

/** PostgreSQL's files on a small file system in memory; only root may mount one. */
async function small(wish: SystemWish): Promise<{ wish: SystemWish; undo: () => Promise<void> } | { skipped: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'shidang-disk-'));
  const place = join(dir, 'postgres');
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMegabytes}m`, 'tmpfs', place], { stdio: 'pipe' });
  } catch (failure) {
    rmSync(dir, { recursive: true, force: true });
    return {
      skipped: `no file system may be mounted here (${String((failure as { stderr?: Buffer }).stderr).trim()})`,
    };
  }
  const undo = async () => {
    execFileSync('umount', [place]);
    rmSync(dir, { recursive: true, force: true });
  };
  return { wish: { ...wish, dir }, undo };
}

/** Writes until nothing fits any more, as whoever fills disks does; answers how many megabytes that took. */
function fill(file: string): number {
  const open = openSync(file, 'a');
  let written = 0;
  try {
    for (;;) {
      writeSync(open, block);
      written += 1;
    }
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw failure;
    return written;
  } finally {
    closeSync(open);
  }
}

/** Answers while the disk was full: nothing but "unavailable" may have failed. */
function answersSince({ journal }: Drilling, from: number): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { startedAt, status, code } of journal.attempts) {
    if (startedAt < from || status === undefined || status < 500) continue;
    const name = `${status} ${code}`;
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  return counted;
}

export const disk: Drill = {
  name: 'disk',
  says: "PostgreSQL's disk full: writes are refused as unavailable, nothing is lost, work goes on when there is room again",
  minutes: 0.5,
  prepare: small,
  async faults(drilling) {
    const ballast = join(drilling.system.dir, 'postgres/ballast');
    await rest(5_000);
    const from = Date.now();
    drilling.say(`${fill(ballast)} MB fill the disk`);
    // the files PostgreSQL had reserved are used up by and by
    const end = Date.now() + drilling.milliseconds;
    while (Date.now() < end) {
      fill(ballast);
      await rest(500);
    }
    const answers = answersSince(drilling, from);
    rmSync(ballast);
    drilling.say(`room again; answered meanwhile: ${JSON.stringify(Object.fromEntries(answers))}`);
    const wrong = [...answers.keys()].filter((name) => !name.startsWith('503 '));
    return [
      ...(answers.size === 0 ? [{ check: 'disk', says: 'nothing was refused: the disk was not full' }] : []),
      ...wrong.map((name) => ({ check: 'disk', says: `a full disk was answered with ${name}` })),
    ];
  },
};
