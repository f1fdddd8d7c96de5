import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { Missing } from '../workspace';

const run = promisify(execFile);

/** The shell is the same engine without windows, menus and print preview: the browser tests cost a third less processor time. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const found = (): string | undefined => {
  const given = process.env['CHROMIUM'];
  if (given) return existsSync(given) ? given : undefined;
  return places.find((path) => existsSync(path));
};

/** A font that has 㛃 䶮 𬭊: names must never show as boxes. */
function hasChineseFont(): boolean {
  try {
    return ['36c3', '4dae', '2cb4a'].every(
      (code) => execFileSync('fc-list', [`:charset=${code}`], { encoding: 'utf8' }).trim() !== '',
    );
  } catch {
    return false;
  }
}

const packagesMissing = (): string[] => [
  ...(found() ? [] : ['chromium-headless-shell']),
  ...(hasChineseFont() ? [] : ['fonts-noto-cjk', 'fontconfig']),
];

function mayInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    accessSync('/usr/bin/apt-get', constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const how = (packages: readonly string[]): string =>
  `The browser tests need ${packages.join(' and ')}. As root: apt-get install -y --no-install-recommends ${packages.join(' ')}. ` +
  'Another Chromium: CHROMIUM=/path/to/chromium npm test. Everything but them: npm test -- --only format,lint,typecheck,rule,service,system';

/**
 * The path of a Chromium, with a font for Chinese names beside it. Debian's packages are installed when something is missing and we are root.
 * @throws Missing with the command to run when it may not install.
 */
export async function prepareBrowser(say: (line: string) => void = () => undefined): Promise<string> {
  const missing = packagesMissing();
  if (missing.length > 0) {
    if (!mayInstall()) throw new Missing(how(missing));
    say(`installing ${missing.join(', ')} from Debian`);
    const apt = (...args: string[]) =>
      run('apt-get', args, {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        timeout: 600_000,
        maxBuffer: 64e6,
      });
    try {
      await apt('update', '-q');
      await apt('install', '-y', '-q', '--no-install-recommends', ...missing);
    } catch (failure) {
      throw new Missing(
        `${how(missing)} (installing failed: ${String((failure as { stderr?: string }).stderr ?? failure).slice(-500)})`,
      );
    }
  }
  const path = found();
  if (!path) throw new Missing(how(['chromium-headless-shell']));
  return path;
}
