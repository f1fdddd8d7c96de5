import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of the workspace this file runs in, be it source or `dist`. */
export function version(from = __dirname): string {
  for (let at = from; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    if (at === dirname(at)) return 'unknown';
  }
}
