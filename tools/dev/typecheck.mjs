/** `npm run typecheck`: the types of Node's side, of the browsers' side, and of the tests that stand on both. Plain Node. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './ready.mjs';

/** TypeScript 7, the native compiler; ESLint and generators keep 5.9's API (adr/0107). */
const compiler = join(root, 'node_modules/typescript-7/bin/tsc');

/** One command each. */
export const checks = ['tsconfig.json', 'tsconfig.web.json', 'tsconfig.browser.json'].map((config) => [
  process.execPath,
  compiler,
  '--noEmit',
  '-p',
  config,
]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const codes = checks.map(([command, ...args]) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status);
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}
