import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';

/** The last core is the load generator's; everything measured shares the others. Undefined on a machine with one. */
export const generatorCore = (): number | undefined => (cpus().length > 1 ? cpus().length - 1 : undefined);

/** Pids of everything that was started from this process, and its threads. */
export function descendants(of = process.pid): number[] {
  const children = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number) as [number, number];
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(of);
}

/** Keeps what is running off the generator's core; what they start later inherits it. */
export function leaveCoreFree(): void {
  const core = generatorCore();
  if (core === undefined) return;
  const others = cpus()
    .map((_, at) => at)
    .filter((at) => at !== core);
  for (const pid of descendants()) {
    try {
      execFileSync('taskset', ['-acp', others.join(','), String(pid)], { stdio: 'ignore' });
    } catch {
      // it has ended meanwhile
    }
  }
}

/** One minute's load, beside every figure: above the number of cores somebody else was at work. */
export const loadNow = (): number => Math.round(loadavg()[0]! * 10) / 10;
