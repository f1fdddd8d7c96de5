import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@shidang/dev';
import { descendants } from '../cores';
import { framesOf, framesText } from './frames';

const preload = join(__dirname, 'preload.js');

/** Before the system is started: its apps can be profiled from outside then. */
export function allowProfiles(): void {
  process.env['SHIDANG_UNBUNDLED'] = '1';
  process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], `--require ${preload}`].filter(Boolean).join(' ');
}

function appOf(pid: number): string | undefined {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return program.endsWith('node') ? /dist\/apps\/(\w+)\/src\/main/.exec(args.join(' '))?.[1] : undefined;
  } catch {
    return undefined;
  }
}

/** What the apps did while `load` ran: the heaviest frames of each that was busy. */
export async function profiled(load: () => Promise<unknown>, most = 22): Promise<string> {
  const apps = descendants().flatMap((pid) => {
    const app = appOf(pid);
    return app ? [{ pid, app, file: join(tmpdir(), `shidang-${pid}.cpuprofile`) }] : [];
  });
  for (const { pid } of apps) process.kill(pid, 'SIGUSR2');
  await load();
  for (const { pid } of apps) process.kill(pid, 'SIGUSR2');
  const texts: string[] = [];
  for (const { app, file } of apps) {
    const profile = await until(`the profile of ${app}`, 30, async () =>
      existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Profiler.Profile) : undefined,
    );
    rmSync(file);
    const busy = busyShare(profile);
    if (busy > 0.1) texts.push(`${app}, busy ${Math.round(busy * 100)} %\n${framesText(framesOf(profile), most)}`);
  }
  return texts.join('\n\n');
}

function busyShare({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): number {
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id));
  const all = timeDeltas.reduce((sum, time) => sum + time, 0);
  const waiting = samples.reduce((sum, id, at) => sum + (idle.has(id) ? (timeDeltas[at] ?? 0) : 0), 0);
  return all === 0 ? 0 : 1 - waiting / all;
}
