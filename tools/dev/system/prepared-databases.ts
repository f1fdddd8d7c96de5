import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@shidang/contracts';
import { throwAwayDirectory } from '../provide/throw-away';
import { placeForTests } from '../provide/throw-away-base';
import { placeFor, unprivileged } from '../provide/unprivileged';
import { fromRoot } from '../workspace';
import { codeHash } from './migrate';
import { Starting } from './starting';
import { together } from './together';

const kept = fromRoot('.local/cache/databases');
/** The cluster and whose passwords it knows: what a throw-away system begins with. */
const parts = ['postgres', 'secrets.json'] as const;

function hash(): string {
  const all = createHash('sha256');
  for (const service of serviceNames) all.update(codeHash(service));
  const roles = fromRoot('deploy/postgres');
  for (const file of readdirSync(roles).sort()) all.update(readFileSync(join(roles, file)));
  return all.update(readFileSync(fromRoot('package-lock.json'))).digest('hex');
}

const copy = (from: string, to: string) => execFileSync('cp', ['-a', '--reflink=auto', from, to]);

/**
 * Five empty databases as today's migrations lay them down, made once and kept: a run of all tests starts a dozen systems, and each would
 * spend ten seconds of a core on the same. Only tests take them; `npm start` migrates.
 */
export async function keepPreparedDatabases(): Promise<void> {
  const name = hash();
  if (existsSync(join(kept, name))) return;
  const home = throwAwayDirectory('databases', placeForTests());
  try {
    const starting = new Starting(home.dir, { throwAway: true }, () => undefined);
    try {
      await starting.prepareDatabases(await starting.postgres(), 'nats://127.0.0.1:1');
    } finally {
      await together([starting.stop()]);
    }
    rmSync(kept, { recursive: true, force: true });
    const part = join(kept, `${name}.part`);
    mkdirSync(part, { recursive: true, mode: 0o700 });
    copy(join(placeFor(home.dir, unprivileged()), 'postgres'), part);
    copy(join(home.dir, 'secrets.json'), part);
    renameSync(part, join(kept, name));
  } finally {
    await home.remove();
  }
}

/** Into the new directory of a throw-away system or run; without them it lays down its own. */
export function takePreparedDatabases(dir: string): void {
  const from = join(kept, hash());
  if (existsSync(from)) for (const part of parts) copy(join(from, part), dir);
}
