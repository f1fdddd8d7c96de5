import { readFileSync } from 'node:fs';
import { descendants } from './cores';

/** What runs below this process, by a name people know. */
const nameOf = (words: string): string => {
  if (/^(\/bin\/)?sh /.test(words)) return 'guards';
  const app = /dist\/(?:apps|services)\/(\w+)(?:\/|\.js)/.exec(words)?.[1];
  if (app) return app;
  if (words.includes('/limit/')) return 'limit';
  if (words.includes('nats-server')) return 'nats';
  return words.includes('postgres') ? 'postgres' : 'other';
};

/** Asks `/proc` of each process; what has ended meanwhile is left out. */
function ofEach<T>(ask: (pid: number) => T): { what: string; of: T }[] {
  return descendants().flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
      return [{ what: nameOf(words), of: ask(pid) }];
    } catch {
      return [];
    }
  });
}

export interface Memory {
  readonly what: string;
  /** Proportional share: pages several processes have are divided among them. */
  readonly megabytes: number;
}

export const memoryBelow = (): Memory[] =>
  ofEach((pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)).map(
    ({ what, of }) => ({ what, megabytes: of / 1024 }),
  );

export type Cpu = Readonly<Record<string, number>>;

/** CPU time used so far, in milliseconds by name, as the kernel counts it (hundredths of a second). */
export function cpuBelow(): Cpu {
  const sums: Record<string, number> = {};
  for (const { what, of } of ofEach((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }))
    sums[what] = (sums[what] ?? 0) + of;
  return sums;
}

export const sumOf = (cpu: Cpu): number => Object.values(cpu).reduce((sum, one) => sum + one, 0);

/** What was used between two looks, an answer. */
export const cpuEach = (before: Cpu, after: Cpu, answers: number): Cpu =>
  Object.fromEntries(Object.entries(after).map(([what, used]) => [what, (used - (before[what] ?? 0)) / answers]));
