import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { promisify } from 'node:util';
import { Missing } from '../workspace';

const run = promisify(execFile);

function mayInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    accessSync('/usr/bin/apt-get', constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Debian's packages, when we are root.
 * @throws Missing with `how`, the sentence that says what to do by hand, when we may not or it failed.
 */
export async function installFromDebian(
  packages: readonly string[],
  how: string,
  say: (line: string) => void,
): Promise<void> {
  if (!mayInstall()) throw new Missing(how);
  say(`installing ${packages.join(', ')} from Debian`);
  const apt = (...args: string[]) =>
    run('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
      maxBuffer: 64e6,
    });
  try {
    await apt('update', '-q');
    await apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  } catch (failure) {
    const said = String((failure as { stderr?: string }).stderr ?? failure).slice(-500);
    throw new Missing(`${how} (installing failed: ${said})`);
  }
}
