import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const skipped = new Set(['node_modules', 'dist', '.local', '.nx', '.git', 'fixtures']);

/** Every ADR of the workspace, as paths relative to the root, by number. */
export function decisions(root: string): string[] {
  const found: string[] = [];
  const walk = (dir: string) => {
    for (const name of readdirSync(dir)) {
      const path = join(dir, name);
      if (skipped.has(name) || !statSync(path).isDirectory()) continue;
      if (name === 'adr')
        found.push(
          ...readdirSync(path)
            .filter((file) => file.endsWith('.md'))
            .map((file) => relative(root, join(path, file))),
        );
      else walk(path);
    }
  };
  walk(root);
  return found.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/** The index README shows: number, title and where it lies. */
export function decisionIndex(root: string): string {
  return decisions(root)
    .map((path) => {
      const title = readFileSync(join(root, path), 'utf8').split('\n')[0]!.replace(/^# /, '');
      return `- [${title}](${path})`;
    })
    .join('\n');
}
