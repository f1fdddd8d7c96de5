import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** When a file, or the newest of all below a folder, was last changed: milliseconds, 0 where there is none. */
export async function newest(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(path);
  return Math.max(found.mtimeMs, ...(await Promise.all(entries.map((entry) => newest(join(path, entry))))));
}
