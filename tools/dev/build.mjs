/**
 * Compiles apps, libs and tools from TypeScript to CommonJS in `dist/`, same tree. Aliases of tsconfig.base.json become relative paths.
 * Only what is newer than its output is compiled; outputs without a source are removed.
 */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const roots = ['apps', 'libs', 'tools'];
const assets = /\.(json|sql|xlsx|csv)$/;
const notBuilt = /\.(spec|int-spec|e2e-spec|testing)\.ts$|\.d\.ts$|\.tsx$|\.mjs$/;
const skipped = new Set(['node_modules', 'fixtures', 'dist', '.local']);
/** Bundled for browsers by build-web.mjs. */
const forBrowsers = new Set(['apps/console', 'apps/me', 'libs/web-kit']);

/** A change of compiler or settings makes every output stale. */
const settings = ['.swcrc', 'tsconfig.base.json', 'package-lock.json', 'tools/dev/build.mjs'];

async function walk(dir, found = []) {
  for (const entry of await readdir(join(root, dir), { withFileTypes: true })) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) && !forBrowsers.has(path)) await walk(path, found);
    } else if (entry.isFile()) found.push(path);
  }
  return found;
}

const modified = (path) =>
  stat(path).then(
    (s) => s.mtimeMs,
    () => 0,
  );

async function swcOptions() {
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.base.json'), 'utf8'));
  const swcrc = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));
  return {
    swcrc: false,
    configFile: false,
    cwd: root,
    sourceMaps: true,
    module: { ...swcrc.module, resolveFully: true },
    jsc: { ...swcrc.jsc, baseUrl: root, paths: compilerOptions.paths },
  };
}

function planFor(sources) {
  return sources
    .filter(
      (path) =>
        (path.endsWith('.ts') && !notBuilt.test(path)) || (assets.test(path) && !path.endsWith('/project.json')),
    )
    .map((source) => ({
      source,
      output: join('dist', source.endsWith('.ts') ? source.slice(0, -3) + '.js' : source),
      compile: source.endsWith('.ts'),
    }));
}

/** Whole or not at all: a service may be starting from `dist/` at this moment. */
async function put(output, write) {
  const part = join(root, `${output}.${process.pid}.part`);
  await write(part);
  await rename(part, join(root, output));
}

async function compile(swc, options, { source, output }) {
  const { code, map } = await swc.transformFile(join(root, source), { ...options, filename: join(root, source) });
  const name = output.slice(output.lastIndexOf('/') + 1);
  await put(`${output}.map`, (part) => writeFile(part, map));
  await put(output, (part) => writeFile(part, `${code}//# sourceMappingURL=${name}.map\n`));
}

async function removeOrphans(plan) {
  const wanted = new Set(plan.flatMap(({ output }) => [output, `${output}.map`]));
  for (const dir of roots) {
    const built = await walk(`dist/${dir}`).catch(() => []);
    for (const path of built) if (!wanted.has(path)) await rm(join(root, path));
  }
}

/** Answers how many files were compiled and how many were looked at. */
export async function build() {
  const swc = (await import('@swc/core')).default;
  const options = await swcOptions();
  const newest = Math.max(...(await Promise.all(settings.map((path) => modified(join(root, path))))));
  const plan = planFor((await Promise.all(roots.map((dir) => walk(dir)))).flat());
  let compiled = 0;
  const failures = [];
  await removeOrphans(plan);
  await Promise.all(
    plan.map(async (step) => {
      const [from, to] = await Promise.all([modified(join(root, step.source)), modified(join(root, step.output))]);
      if (to > from && to > newest) return;
      await mkdir(join(root, dirname(step.output)), { recursive: true });
      try {
        if (step.compile) await compile(swc, options, step);
        else await put(step.output, (part) => copyFile(join(root, step.source), part));
        compiled += 1;
      } catch (failure) {
        failures.push(`${step.source}: ${failure.message}`);
      }
    }),
  );
  if (failures.length > 0) throw new Error(`The build failed:\n${failures.join('\n')}`);
  return { compiled, files: plan.length };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = Date.now();
  try {
    const { compiled, files } = await build();
    console.log(`Built ${compiled} of ${files} files in ${Date.now() - started} ms`);
  } catch (failure) {
    console.error(failure.message);
    process.exitCode = 1;
  }
}
