/**
 * `npm test`: every stage on a fresh clone, each result on its own line, the sum on the last. `-- --only rule,service` picks stages.
 * Stages of one lane follow each other, two lanes of about one length run side by side; a third, of what only computes and has nobody
 * waiting, takes what these leave of the processor. A stage prints when it has ended, so that one is read after the other; a stage that
 * is alone prints as it goes.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lint } from './lint.mjs';
import { ensureReady, root } from './ready.mjs';
import { writeSpecGroups } from './spec-groups.mjs';
import { checks } from './typecheck.mjs';

const bin = (path) => join(root, 'node_modules', path);
const node = (script, ...args) => [process.execPath, script, ...args];
/** Jest makes much garbage while it loads modules: with room for it, rule specs cost some 3 % of CPU less. Workers take the flags over. */
const roomy = ['--min-semi-space-size=32', '--max-semi-space-size=32'];

/**
 * Jest stages count their tests, the others their commands. `inGroups`: many small specs that would load the same modules each; `workers`: many of
 * these specs wait for a server. `nice`: who only computes, and so gives way to those somebody waits for.
 */
const stages = {
  format: {
    lane: 2,
    nice: 19,
    commands: [node(bin('prettier/bin/prettier.cjs'), '--experimental-cli', '--check', '.')],
  },
  lint: { lane: 2, nice: 19, commands: lint },
  typecheck: { lane: 2, nice: 19, commands: checks },
  rule: { lane: 2, nice: 19, jest: 'rule', inGroups: '.spec.ts' },
  service: { lane: 0, jest: 'service', workers: 3, inGroups: '.int-spec.ts' },
  system: { lane: 0, jest: 'system', inBand: true, inGroups: '.e2e-spec.ts' },
  browser: { lane: 1, jest: 'browser', inBand: true, inGroups: '.browser-spec.ts' },
  /** Two minutes of seeded kills under mixed writes; clients that rest, because others use the processor beside it. */
  drill: {
    lane: 1,
    commands: [node('tools/drill/drill.mjs', 'kills', '--seed', '20161210', '--minutes', '2', '--pause', '2000')],
  },
};

/** They begin with databases that are laid down once. */
const ofServers = new Set(['service', 'drill', 'system', 'browser']);

const scratch = mkdtempSync(join(tmpdir(), 'shidang-results-'));
const running = new Set();

/** What a command says goes to `said`, a file, or straight to the terminal. */
function run([command, ...args], said, { env = {}, nice } = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', said ?? 'inherit', said ?? 'inherit'],
      env: { ...process.env, CI: '1', NX_DAEMON: 'false', NX_TUI: 'false', ...env },
    });
    running.add(child);
    if (nice && child.pid) setPriority(child.pid, Math.max(nice, getPriority()));
    const end = (code) => {
      running.delete(child);
      settle(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code) => end(code ?? 1));
  });
}

async function plain({ commands, nice }, said) {
  const sum = { passed: 0, failed: 0 };
  for (const command of commands) sum[(await run(command, said, { nice })) === 0 ? 'passed' : 'failed'] += 1;
  return sum;
}

async function jest({ jest: project, nice, inBand, inGroups, workers }, said) {
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
  if (inBand) args.push('--runInBand');
  if (workers) args.push(`--maxWorkers=${workers}`);
  const code = await run(node(...roomy, bin('jest/bin/jest.js'), ...args), said, {
    env: { SPEC_GROUPS: inGroups ? '1' : '' },
    nice,
  });
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
    for (const child of running) child.kill('SIGTERM');
    rmSync(scratch, { recursive: true, force: true });
    process.exit(1);
  });
}

async function stage(name, alone) {
  const path = join(scratch, `${name}.log`);
  const said = alone ? undefined : openSync(path, 'w');
  console.log(alone ? `\n── ${name}` : `… ${name}`);
  const started = Date.now();
  const { passed, failed } = await (stages[name].jest ? jest : plain)(stages[name], said);
  const line = `${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(13)} ${passed} passed, ${failed} failed, ${((Date.now() - started) / 1000).toFixed(1)} s`;
  if (said !== undefined) {
    closeSync(said);
    console.log(`\n── ${name}\n${readFileSync(path, 'utf8')}${line}`);
  }
  return { name, passed, failed, line };
}

async function lane(names, alone) {
  const results = [];
  for (const name of names) results.push(await stage(name, alone));
  return results;
}

await ensureReady();
// Jest looks for the groups of every project, also of those it does not run
for (const { jest: project, inGroups } of Object.values(stages)) if (inGroups) writeSpecGroups(project, inGroups);
const names = chosen();
const prepared = names.some((name) => ofServers.has(name)) && run(node('dist/tools/dev/prepare-databases.js'));
const lanes = [0, 1, 2].map((at) => names.filter((name) => stages[name].lane === at));
const busy = lanes.filter(({ length }) => length > 0);
const begin = async (each) => {
  if (each.some((name) => ofServers.has(name))) await prepared;
  return lane(each, busy.length === 1);
};
const results = (await Promise.all(busy.map(begin))).flat();
rmSync(scratch, { recursive: true, force: true });
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${results.map(({ line }) => line).join('\n')}`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
