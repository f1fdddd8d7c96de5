/**
 * `npm run lint`: ESLint over everything in one process, after Nx has read the projects anew: its boundary rule looks at the graph Nx
 * keeps, and a stale one lets an import through. `nx run-many -t lint` says the same of each project, in a process each.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './ready.mjs';

const bin = (path) => join(root, 'node_modules', path);

/** One after the other; the second is worth nothing without the first. */
export const lint = [
  [process.execPath, bin('nx/dist/bin/nx.js'), 'show', 'projects', '--json'],
  [process.execPath, bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'],
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const env = { ...process.env, NX_DAEMON: 'false' };
  for (const [at, [command, ...args]] of lint.entries()) {
    const { status } = spawnSync(command, args, { cwd: root, env, stdio: [0, at === 0 ? 'ignore' : 1, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
}
