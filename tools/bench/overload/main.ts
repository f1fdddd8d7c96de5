import { fromRoot, startSystem, type RunningSystem } from '@shidang/dev';
import { demoPassword } from '@shidang/seed';
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { figuresOf, lineOf, type Figures } from './figures';
import type { Load, Loaded } from './generator';
import { lossesBetween, readAgain, targetsIn, type Target } from './targets';

const stepSeconds = 8;
const firstStep = 20;
const stepsBetween = 2;
const mostPerSecond = 4_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The system on core 0 and whatever else there is but the last; the generator alone on the last. */
function pin(pid: number, cores: string): boolean {
  try {
    execFileSync('taskset', ['-acp', cores, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function runLoad(load: Load, core: string): Promise<Loaded> {
  const child: ChildProcess = fork(fromRoot('dist/tools/bench/overload/generator.js'));
  pin(child.pid!, core);
  return new Promise((resolve, reject) => {
    child.once('message', (loaded: Loaded) => {
      resolve(loaded);
      child.kill();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the generator ended with ${code}`)));
    child.send(load);
  });
}

/** Resident memory of the whole system, in MB. */
function memoryOf(system: RunningSystem): number {
  const state = JSON.parse(readFileSync(`${system.dir}/state.json`, 'utf8')) as {
    children: Record<string, { pid: number }>;
  };
  const kilobytes = Object.values(state.children).map(({ pid }) => {
    const pids = execFileSync('ps', ['-o', 'rss=', '--pid', String(pid), '--ppid', String(pid)], { encoding: 'utf8' });
    return pids.split('\n').reduce((sum, line) => sum + (Number(line) || 0), 0);
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

class Overload {
  private targets: Target[] = [];
  private stretch = 0;

  constructor(
    private readonly system: RunningSystem,
    private readonly core: string,
  ) {}

  async prepare(): Promise<void> {
    this.targets = await targetsIn(this.system);
    say(`${this.targets.length} drafts of ${new Set(this.targets.map((each) => each.loginName)).size} schools`);
    if (this.targets.length < 20) throw new Error('too few drafts to write to');
  }

  /** One stretch, read back afterwards: what was accepted must stand there. */
  async run(name: string, perSecond: number, seconds: number): Promise<{ figures: Figures; lost: number }> {
    const before = (this.targets = await readAgain(this.system, this.targets));
    const load = { url: this.system.url, targets: before, password: demoPassword, perSecond, seconds };
    const { samples, journal, late } = await runLoad({ ...load, name: `${(this.stretch += 1)}-` }, this.core);
    const figures = figuresOf(samples, seconds);
    say(lineOf(name, figures) + (late > samples.length / 100 ? `  (generator late ${late}×)` : ''));
    this.targets = await readAgain(this.system, before);
    const losses = lossesBetween(before, this.targets, journal);
    for (const loss of losses.slice(0, 10)) say(`  ${loss.why}: ${JSON.stringify(loss)}`);
    return { figures, lost: losses.length };
  }
}

/** Doubles what is offered until a tenth of it is not answered well any more, then looks between; the knee is the best that was. */
async function kneeOf(overload: Overload): Promise<{ knee: number; lost: number }> {
  let knee = 0;
  let lost = 0;
  const isWell = async (offered: number): Promise<boolean> => {
    const step = await overload.run(`${offered.toFixed(0)}/s`, offered, stepSeconds);
    lost += step.lost;
    knee = Math.max(knee, step.figures.goodput);
    return step.figures.goodput >= offered * 0.9;
  };
  let well = firstStep;
  while (well < mostPerSecond && (await isWell(well * 2))) well *= 2;
  for (let n = 0, bad = well * 2; n < stepsBetween; n++) {
    const between = (well + bad) / 2;
    if (await isWell(between)) well = between;
    else bad = between;
  }
  return { knee, lost };
}

/** `npm run overload -- [--minutes M] [--scale s|m|l]`. Exit code 1: an accepted write was lost. */
export async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: string) => args[args.indexOf(`--${name}`) + 1 || args.length] ?? otherwise;
  const minutes = Number(option('minutes', '3'));
  const cores = Number(execFileSync('nproc', { encoding: 'utf8' }));
  const core = String(cores - 1);
  const pinned = cores > 1 && pin(process.pid, cores > 2 ? `0-${cores - 2}` : '0');
  say(
    pinned ? `system on cores before ${core}, generator on ${core}` : 'not pinned: taskset or a second core is missing',
  );
  const system = await startSystem({
    dir: fromRoot('.local/overload'),
    fresh: true,
    port: 0,
    scale: option('scale', 'm') as 's' | 'm' | 'l',
    env: { TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'error' },
    say,
  });
  try {
    const overload = new Overload(system, core);
    await overload.prepare();
    const { knee, lost: lostBefore } = await kneeOf(overload);
    const normal = await overload.run('normal', knee / 2, stepSeconds * 2);
    const memory = memoryOf(system);
    const over = await overload.run('10 × knee', knee * 10, minutes * 60);
    const after = memoryOf(system);
    const began = Date.now();
    let again = await overload.run('afterwards', knee / 2, stepSeconds);
    while (again.figures.p99 > normal.figures.p99 * 1.5 && Date.now() - began < 120_000)
      again = await overload.run('afterwards', knee / 2, stepSeconds);
    const back = (Date.now() - began) / 1000 - stepSeconds;
    const lost = lostBefore + normal.lost + over.lost + again.lost;
    const goal = (met: boolean, words: string) => say(`${met ? 'met    ' : 'not met'}  ${words}`);
    say(`knee ${knee.toFixed(0)}/s`);
    goal(lost === 0, `gate: accepted writes lost ${lost} (0)`);
    goal(
      over.figures.goodput >= knee * 0.8,
      `goodput ${((over.figures.goodput / knee) * 100).toFixed(0)} % of the knee (≥ 80)`,
    );
    goal(
      over.figures.p99 <= normal.figures.p99 * 2,
      `admitted p99 ${over.figures.p99.toFixed(0)} ms (≤ 2 × ${normal.figures.p99.toFixed(0)})`,
    );
    goal(back <= 30, `normal again after ${Math.max(0, back).toFixed(0)} s (≤ 30)`);
    goal(after <= memory * 1.25, `memory ${memory.toFixed(0)} → ${after.toFixed(0)} MB (≤ +25 %)`);
    process.exitCode = lost === 0 ? 0 : 1;
  } finally {
    await system.stop();
  }
}
