/** `npm test`: every stage on a fresh clone, each result on its own line, the sum on the last. `-- --only rule,service` picks stages. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureReady, root } from './ready.mjs';

const bin = (path) => join(root, 'node_modules', path);
const node = (script, ...args) => [process.execPath, script, ...args];

const typesOf = (config) => node(bin('typescript/bin/tsc'), '--noEmit', '-p', config);

/** Jest stages count their tests, the others their commands. */
const stages = {
  format: { commands: [node(bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.')] },
  lint: {
    commands: [node(bin('nx/dist/bin/nx.js'), 'run-many', '-t', 'lint', '--outputStyle=static', '--parallel=2')],
  },
  /** Node's side, the browsers' side, and the tests that stand on both. */
  typecheck: { commands: ['tsconfig.json', 'tsconfig.web.json', 'tsconfig.browser.json'].map(typesOf) },
  rule: { jest: 'rule' },
  service: { jest: 'service' },
  system: { jest: 'system', inBand: true },
  /** Seeded kills under mixed writes: less than a minute of them. */
  drill: { commands: [node('tools/drill/drill.mjs', 'kills', '--seed', '20161210', '--minutes', '0.75')] },
  browser: { jest: 'browser', inBand: true },
};

const scratch = mkdtempSync(join(tmpdir(), 'shidang-results-'));
let running;

function run([command, ...args]) {
  return new Promise((settle) => {
    running = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CI: '1', NX_DAEMON: 'false', NX_TUI: 'false' },
    });
    running.once('error', () => settle(127));
    running.once('exit', (code) => settle(code ?? 1));
  });
}

async function plain({ commands }) {
  const sum = { passed: 0, failed: 0 };
  for (const command of commands) sum[(await run(command)) === 0 ? 'passed' : 'failed'] += 1;
  return sum;
}

async function jest({ jest: project, inBand }) {
  const results = join(scratch, `${project}.json`);
  const args = [
    '--ci',
    '--selectProjects',
    project,
    '--passWithNoTests',
    '--json',
    `--outputFile=${results}`,
    '--reporters=default',
  ];
  const code = await run(node(bin('jest/bin/jest.js'), ...args, ...(inBand ? ['--runInBand'] : [])));
  let sum = { passed: 0, failed: 0 };
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    sum = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    // No results were written: the run itself failed.
  }
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

function chosen() {
  const at = process.argv.indexOf('--only');
  const names = at < 0 ? Object.keys(stages) : (process.argv[at + 1] ?? '').split(',');
  const unknown = names.filter((name) => !(name in stages));
  if (unknown.length === 0) return names;
  console.error(`unknown stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.kill('SIGTERM');
    rmSync(scratch, { recursive: true, force: true });
    process.exit(1);
  });
}

await ensureReady();
const lines = [];
const total = { passed: 0, failed: 0 };
for (const name of chosen()) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { passed, failed } = await (stages[name].jest ? jest : plain)(stages[name]);
  total.passed += passed;
  total.failed += failed;
  lines.push(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(13)} ${passed} passed, ${failed} failed, ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
