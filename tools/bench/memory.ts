import { readFileSync } from 'node:fs';
import { descendants } from './cores';

export interface Memory {
  readonly what: string;
  /** Proportional share: pages several processes have are divided among them. */
  readonly megabytes: number;
}

/** Idle memory of everything below this process, by what runs; guards and shells count as well. */
export function memoryBelow(): Memory[] {
  return descendants().flatMap((pid) => {
    try {
      const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
      return [{ what: nameOf(words), megabytes: kilobytes / 1024 }];
    } catch {
      return [];
    }
  });
}

function nameOf(words: string): string {
  const app = /dist\/apps\/(\w+)\//.exec(words)?.[1];
  if (app) return app;
  if (words.includes('/limit/')) return 'limit';
  if (/nats-server/.test(words)) return 'nats';
  if (/postgres/.test(words)) return 'postgres';
  return 'guards';
}
