import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';

/** Read when the first error of a file is told, not at the start as `--enable-source-maps` does. */
function mapOf(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
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

/** As V8 says it: what has no words, and what cannot be asked, included. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}
