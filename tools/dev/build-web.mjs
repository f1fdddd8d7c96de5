/**
 * Bundles the web apps into `dist/web/<app>` (Vite), with a brotli and a gzip copy beside every asset. An app is built again only when a source, the lock
 * file or a setting is newer than its last build.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { newest } from './newest.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
// Under Jest it would be `test`: React and antd of development, with their warnings, kept for everybody after.
process.env.NODE_ENV = 'production';

const apps = ['console', 'me'];
/** What a browser bundle is made of, besides the app itself. */
const sources = [
  'libs/web-kit',
  'libs/client',
  'libs/catalogue',
  'libs/access',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.web.json',
  'tools/dev/build-web.mjs',
];

async function isFresh(app, stamp) {
  const builtAt = await newest(stamp);
  const changed = await Promise.all([`apps/${app}`, ...sources].map((path) => newest(join(root, path))));
  return builtAt > Math.max(...changed);
}

async function compressAll(dir) {
  const files = (await readdir(dir)).filter((name) => /\.(js|css|svg|json)$/.test(name));
  await Promise.all(
    files.map(async (name) => {
      const content = await readFile(join(dir, name));
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        promisify(gzip)(content, { level: 9 }),
      ]);
      await Promise.all([writeFile(join(dir, `${name}.br`), br), writeFile(join(dir, `${name}.gz`), gz)]);
    }),
  );
}

/** Whole or not at all: a gateway may be serving the last build at this moment. */
async function buildApp(app) {
  const { build } = await import('vite');
  const output = join(root, 'dist/web', app);
  const part = `${output}.${process.pid}.part`;
  await mkdir(dirname(output), { recursive: true });
  try {
    await build({ root: join(root, 'apps', app), logLevel: 'warn', build: { outDir: part, emptyOutDir: true } });
    await compressAll(join(part, 'assets'));
    await writeFile(join(part, 'built.txt'), `${new Date().toISOString()}\n`);
    await rm(output, { recursive: true, force: true });
    await rename(part, output);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Answers what was built, nothing when all of it was fresh. */
export async function buildWeb() {
  const done = [];
  for (const app of apps) {
    const started = Date.now();
    if (await isFresh(app, join(root, 'dist/web', app, 'built.txt'))) continue;
    await buildApp(app);
    done.push({ name: app, milliseconds: Date.now() - started });
  }
  return done;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const done = await buildWeb();
    console.log(
      done.map(({ name, milliseconds }) => `Built apps/${name} in ${milliseconds} ms`).join('\n') || 'Nothing to build',
    );
  } catch (failure) {
    console.error(failure.message);
    process.exitCode = 1;
  }
}
