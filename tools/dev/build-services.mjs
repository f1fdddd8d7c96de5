/**
 * Bundles the apps of the server into `dist/services/<app>.js` and the chunks they have in common, from what build.mjs compiled (ADR 0133): a process opens
 * a handful of files at its start instead of two thousand. All are bundled again when something compiled or a setting is newer.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newest } from './newest.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const apps = ['identity', 'records', 'review', 'reporting', 'notifications', 'gateway'];
const output = join(root, 'dist/services');
const settings = ['package-lock.json', 'tools/dev/build-services.mjs'];

/** Packages of their own as ever: native code, files beside them that a thread runs, or wanted by few processes and then late. */
const external = [/^@node-rs\/argon2$/, /^pino$/, /^exceljs$/, /^@opentelemetry\//, /^umzug$/];

const ours = join(root, 'dist') + sep;

/**
 * Our own files: swc's maps are handed on, so that stack traces name lines of the sources, and `__dirname` stays the place of the file that says it.
 * Packages get no map.
 */
const compiledFiles = {
  name: 'compiled-files',
  async load(id) {
    if (!id.startsWith(ours)) return null;
    const [code, map] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')]);
    const place = { __dirname: dirname(id), __filename: id };
    const placed = code
      .replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n')
      .replace(/\b__(dirname|filename)\b/g, (said) => {
        const path = JSON.stringify(relative(output, place[said]).split(sep).join('/'));
        return `require("node:path").join(__dirname, ${path})`;
      });
    return { code: placed, map: JSON.parse(map) };
  },
};

/**
 * MikroORM looks for its package.json in two places and takes the first: outside of it there is ours. What a package asks for beside itself must be in the
 * bundle (`refuseStrays`).
 */
const ownVersion = {
  name: 'own-version',
  resolveId: {
    filter: { id: /^(\.\.\/)+package\.json$/ },
    handler(source, importer) {
      const at = importer?.lastIndexOf('/@mikro-orm/core/') ?? -1;
      return at < 0 ? null : `${importer.slice(0, at)}/@mikro-orm/core/package.json`;
    },
  },
};

async function isFresh() {
  const made = ['dist/libs', ...apps.map((app) => `dist/apps/${app}`), ...settings];
  const changed = await Promise.all(made.map((path) => newest(join(root, path))));
  return (await newest(join(output, 'built.txt'))) > Math.max(...changed);
}

const escapedCharacter = /(?<!\\)(?:\\\\)*\\[^\x00-\xff]/;
const escapes = (characters) =>
  [...Array(characters.length).keys()]
    .map((at) => `\\u${characters.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

/**
 * The packages' chunk costs as little as it can: its map, nine megabytes, would be read at every start (`--enable-source-maps`), and one character beyond
 * Latin-1 makes V8 keep all of it with two bytes a character, in every process. Comments are gone: what is left of such characters is in strings, patterns and names.
 */
async function slim(file) {
  const code = await readFile(file, 'utf8');
  if (escapedCharacter.test(code))
    throw new Error(`${file}: an escaped character beyond Latin-1 cannot be written as \\u`);
  const narrow = code.replace(/[^\x00-\xff]+/g, escapes).replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
  await writeFile(file, narrow);
  await rm(`${file}.map`);
}

/** A path beside a file of a package leads from the bundle to something else, or nowhere. */
async function refuseStrays(dir) {
  const chunks = (await readdir(dir)).filter((name) => name.endsWith('.js'));
  for (const name of chunks) {
    const code = await readFile(join(dir, name), 'utf8');
    for (const [said, path] of code.matchAll(/\brequire\(["'](\.\.?\/[^"']+)["']\)/g))
      if (!chunks.includes(path.slice(2)))
        throw new Error(`dist/services/${name} says ${said}, which is not in the bundle`);
  }
}

/** Whole or not at all: a service may be starting from the last bundle at this moment. */
async function bundle() {
  const { rolldown } = await import('rolldown');
  const built = await rolldown({
    input: Object.fromEntries(apps.map((app) => [app, join(root, 'dist/apps', app, 'src/main.js')])),
    cwd: root,
    platform: 'node',
    external,
    treeshake: false,
    plugins: [compiledFiles, ownVersion],
    // packages ask for what nobody installed (drivers of other databases): left to be missed at run time, as ever
    logLevel: 'silent',
  });
  const part = `${output}.${process.pid}.part`;
  try {
    await built.write({
      dir: part,
      format: 'cjs',
      sourcemap: true,
      sourcemapExcludeSources: true,
      keepNames: true,
      comments: false,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [{ name: 'packages', test: /\/node_modules\// }] },
    });
    await refuseStrays(part);
    await slim(join(part, 'packages.js'));
    await writeFile(join(part, 'built.txt'), `${new Date().toISOString()}\n`);
    // a process that keeps its compiled code writes into what it finds at this name: nothing is taken apart there
    const aside = `${output}.${process.pid}.old`;
    await rename(output, aside).catch((failure) => {
      if (failure.code !== 'ENOENT') throw failure;
    });
    await rename(part, output);
    await rm(aside, { recursive: true, force: true });
  } finally {
    await built.close();
    await rm(part, { recursive: true, force: true });
  }
}

/** Whether there was something to bundle. */
export async function buildServices() {
  if (await isFresh()) return false;
  await bundle();
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = Date.now();
  try {
    console.log((await buildServices()) ? `Bundled the services in ${Date.now() - started} ms` : 'Nothing to bundle');
  } catch (failure) {
    console.error(failure.message);
    process.exitCode = 1;
  }
}
