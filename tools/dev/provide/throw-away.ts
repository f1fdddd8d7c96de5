import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guarded } from '../guarded';
import { unprivileged } from './unprivileged';

export interface ThrowAway {
  readonly dir: string;
  remove(): Promise<void>;
}

/** A directory for one run; it goes even when the run is killed. `base`: on the disk, unless it is of tests. */
export function throwAwayDirectory(purpose: string, base = tmpdir()): ThrowAway {
  const dir = mkdtempSync(join(base, `shidang-${purpose}-`));
  // PostgreSQL's user must get through to what lies below; looking around stays closed.
  if (unprivileged()) chmodSync(dir, 0o711);
  const sweeper = Guarded.start({
    name: 'sweeper',
    command: 'tail',
    args: ['-f', '/dev/null'],
    env: { PATH: process.env['PATH'] },
    cwd: '/',
    log: join(dir, 'sweeper.log'),
    stopSignal: 'SIGTERM',
    graceSeconds: 1,
    sweep: dir,
  });
  return {
    dir,
    async remove() {
      await sweeper.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
