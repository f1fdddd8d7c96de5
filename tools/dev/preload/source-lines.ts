import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';

const loaded = Date.now();

/** Read when the first error of a file is told, not at the start as `--enable-source-maps` does; one that was made since then is of another build. */
function mapOf(file: string): SourceMap | undefined {
  try {
    const path = `${file}.map`;
    return statSync(path).mtimeMs > loaded ? undefined : new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

const place = /^(.*?)(\/[^:()]+):(\d+):(\d+)(\)?)$/;

/** Frames of files below `bundles` (with a separator at its end) name the line of the source; others stay as they are. */
export function nameSourceLines(bundles: string): void {
  const maps = new Map<string, SourceMap | undefined>();
  const named = (frame: string): string => {
    const [, before, file, line, column, after] = place.exec(frame) ?? [];
    if (!file?.startsWith(bundles)) return frame;
    if (!maps.has(file)) maps.set(file, mapOf(file));
    const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry) || !entry.originalSource) return frame;
    const source = resolve(dirname(file), entry.originalSource);
    return `${before}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${after}`;
  };
  Error.prepareStackTrace = (error, frames) =>
    `${headOf(error)}${frames.map((frame) => `\n    at ${named(String(frame))}`).join('')}`;
}

/** As Node says it, with its own codes; of what has no words, or cannot be asked, as V8 does. */
function headOf(error: Error): string {
  try {
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (typeof code === 'string' && code.startsWith('ERR_')) return `${name} [${code}]: ${message}`;
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}
