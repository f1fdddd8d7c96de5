import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '@shidang/dev';
import type { Attack } from '../attack';
import { matrixVerdict, type MatrixRun } from '../check/matrix-verdict';

const spec = 'apps/e2e/src/scope-matrix';

/** Runs the one scope matrix there is, with its own oracle, world and system; a second one would be a second truth. */
function runMatrix(results: string): Promise<string> {
  const args = ['-i', spec, '--selectProjects', 'system', '--ci', '--json', `--outputFile=${results}`];
  return new Promise((settle) => {
    const pieces: Buffer[] = [];
    const child = spawn(process.execPath, [fromRoot('node_modules/jest/bin/jest.js'), ...args], {
      cwd: fromRoot('.'),
      env: { ...process.env, CI: '1', MATRIX: 'whole' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.once('close', () => settle(Buffer.concat(pieces).toString()));
    child.once('error', (failure) => settle(failure.message));
  });
}

export const scope: Attack = {
  name: 'scope',
  says: 'every route × role × whoever it may be about, against an oracle that knows nothing of the code (apps/e2e/src/scope)',
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'shidang-scope-'));
    const results = join(dir, 'results.json');
    try {
      const said = await runMatrix(results);
      return matrixVerdict(JSON.parse(readFileSync(results, 'utf8')) as MatrixRun, said);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
