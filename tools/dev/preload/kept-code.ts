/**
 * Loaded before a service's bundle (`node -r`, ADR 0137): V8 takes what an earlier process compiled of it instead of compiling seven megabytes anew, and stack traces name lines of
 * the sources. Node's own compile cache does the former from 22.1 on; before, this does. What does not fit (another Node, another file, a damaged one) is passed over, and made anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { constants, Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { nameSourceLines } from './source-lines';

type Compile = (this: NodeModule, content: string, file: string) => unknown;
const loader = Module as unknown as { prototype: { _compile: Compile }; wrapper: [string, string] };

/** As Node itself finds it: links are followed. */
const main = existsSync(process.argv[1] ?? '') ? realpathSync(process.argv[1]!) : '';
const bundles = dirname(main) + sep;
const kept = join(bundles, '.compiled');

/** A verb (`migrate`, `audit verify`) ends before it has met most of what a service compiles: it takes, and leaves nothing. */
const isService = isMainThread && process.argv.length === 2;

/** Milliseconds after which a service has compiled what its start needs: one that will be killed keeps it too. */
const whenItHasBegun = 5_000;

const toKeep = new Map<string, Script>();

/** By its content: whoever rebuilds meanwhile, no file is ever run from what another was compiled to. */
const placeOf = (file: string, source: string): string => {
  const content = createHash('sha256').update(source).digest('hex').slice(0, 32);
  return join(kept, `${basename(main)}.${basename(file)}.${content}.${process.version}.${cachedDataVersionTag()}`);
};

const digest = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
const digestBytes = 32;

/** V8 looks at the head alone, and dies of a middle that is damaged: whole or not at all. */
function keptAt(place: string): Buffer | undefined {
  try {
    const file = readFileSync(place);
    const data = file.subarray(digestBytes);
    return digest(data).equals(file.subarray(0, digestBytes)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function compiled(source: string, file: string): Script {
  const place = placeOf(file, source);
  const cachedData = keptAt(place);
  const [before, after] = loader.wrapper;
  const script = new Script(before + source + after, {
    filename: file,
    columnOffset: -before.length,
    ...(cachedData ? { cachedData } : {}),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (!cachedData || script.cachedDataRejected) toKeep.set(place, script);
  return script;
}

/** Not what is above it: a rebuild may have put that aside. Another service may be making it at this moment. */
function makeKept(): void {
  try {
    mkdirSync(kept);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure;
  }
}

/** With what the process has called meanwhile: functions are compiled when they are first called. */
function keep(): void {
  makeKept();
  for (const [place, script] of toKeep) {
    const part = `${place}.${process.pid}.part`;
    const data = script.createCachedData();
    writeFileSync(part, Buffer.concat([digest(data), data]));
    renameSync(part, place);
  }
  toKeep.clear();
}

function keepQuietly(): void {
  try {
    if (toKeep.size > 0) keep();
  } catch {
    // a directory that is closed to us: the next start compiles, as this one did
  }
}

function takeKeptCode(): void {
  const asEver = loader.prototype._compile;
  loader.prototype._compile = function (content, file) {
    if (dirname(file) + sep !== bundles) return asEver.call(this, content, file);
    const run = compiled(content, file).runInThisContext() as (...args: unknown[]) => unknown;
    return run.call(this.exports, this.exports, Module.createRequire(file), this, file, dirname(file));
  };
  if (!isService) return;
  setTimeout(keepQuietly, whenItHasBegun).unref();
  process.once('exit', (code) => code === 0 && keepQuietly());
}

const own = (Module as { enableCompileCache?: (directory: string) => unknown }).enableCompileCache;
if (own) {
  own(kept);
  process.setSourceMapsEnabled(true);
} else {
  takeKeptCode();
  // after the bundle has run once: MikroORM reads a stack for every property it decorates
  setImmediate(() => nameSourceLines(bundles));
}
