import { execFileSync } from 'node:child_process';
import { fromRoot } from '@shidang/dev';

/** Prints and goes on: the suite that needs the broken file fails by its name. */
export function run(script: string, ...args: string[]): void {
  try {
    execFileSync(process.execPath, [fromRoot(script), ...args], {
      cwd: fromRoot(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (failure) {
    process.stderr.write(`\n${script}: ${String((failure as { stderr?: Buffer }).stderr ?? failure)}\n`);
  }
}

/** Services run from `dist/`, also those a test starts. As global set-up of its own: for suites that start whole systems. */
export default function build(): void {
  run('tools/dev/build.mjs');
  run('tools/dev/build-services.mjs');
  // As with snapshots: written at the desk, only compared in CI (tools/streams has the test).
  if (!process.env['CI']) run('dist/tools/streams/main.js', 'permissions');
}
