/** What must hold before anything of ours can run: Node, the locked packages, a build. Plain Node, no packages. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `Node ${process.versions.node} is too old: 20.19 or newer is needed, 24 recommended (https://nodejs.org/en/download).`,
    );
    process.exit(1);
  }
  if (major === 20)
    console.log(`Node ${process.versions.node} works but is past its end of life; 24 is recommended (.nvmrc).`);
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** npm notes what it installed in node_modules/.package-lock.json; what the lock wants and that lacks is why to install. */
function whyInstall() {
  const noted = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return 'nothing is installed yet';
  const [wanted, installed] = [packagesOf(join(root, 'package-lock.json')), packagesOf(noted)];
  for (const [path, { version, optional, link, peer, devOptional }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    if (!installed[path] && (optional || devOptional || peer)) continue;
    if (installed[path]?.version !== version) return `${path} should be ${version}`;
  }
  return undefined;
}

/** npm goes on for minutes after Ctrl-C: it gets this long to stop by itself. What it leaves is installed anew at the next start. */
const graceMilliseconds = 2_000;

/** Exit status of npm, or the error of starting it. */
function npmCi() {
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  let stoppedBy;
  const stop = (signal) => {
    if (stoppedBy) return;
    stoppedBy = signal;
    npm.kill('SIGTERM');
    setTimeout(() => npm.kill('SIGKILL'), graceMilliseconds).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  return new Promise((settle) => {
    npm.on('error', (error) => settle({ error }));
    npm.on('exit', (status) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
      settle({ status, stoppedBy });
    });
  });
}

async function install() {
  const why = whyInstall();
  if (!why) return;
  console.log(`Installing the locked packages (${why})`);
  const { status, error, stoppedBy } = await npmCi();
  if (stoppedBy) {
    console.error('Stopped while installing; the next start begins the installation anew.');
    process.exit(128 + constants.signals[stoppedBy]);
  }
  if (status === 0) return;
  console.error(
    error?.code === 'ENOENT'
      ? 'npm is missing: install it with Node (https://nodejs.org/en/download).'
      : 'npm ci failed, for the reason npm gives above. If it is the network: try npm ping; behind a proxy, npm config set proxy / registry.',
  );
  process.exit(1);
}

/** Checks, installs, builds; ends the process with a sentence when one of them is impossible. */
export async function ensureReady() {
  process.chdir(root);
  checkNode();
  await install();
  const { build } = await import('./build.mjs');
  const started = Date.now();
  try {
    const { compiled } = await build();
    if (compiled > 0) console.log(`Built ${compiled} files in ${Date.now() - started} ms`);
    const { buildServices } = await import('./build-services.mjs');
    const bundling = Date.now();
    if (await buildServices()) console.log(`Bundled the services in ${Date.now() - bundling} ms`);
    const { buildWeb } = await import('./build-web.mjs');
    for (const app of await buildWeb()) console.log(`Built apps/${app.name} in ${app.milliseconds} ms`);
  } catch (failure) {
    console.error(failure.message);
    process.exit(1);
  }
}
