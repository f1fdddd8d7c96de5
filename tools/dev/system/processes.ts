import { existsSync, readFileSync } from 'node:fs';
import { until } from '../workspace';

/** A process that can be recognised later: numbers are reused, the number with its start time is not. */
export interface Known {
  readonly pid: number;
  readonly startedAt: string;
}

/** Field 22 of /proc/<pid>/stat, in clock ticks since boot; the name in field 2 may hold spaces. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export const known = (pid: number): Known => ({ pid, startedAt: startTime(pid) ?? '' });

export const isAlive = ({ pid, startedAt }: Known): boolean => {
  if (!existsSync('/proc/self/stat')) return false;
  return startedAt !== '' && startTime(pid) === startedAt;
};

/** Waits for what a vanished supervisor left behind; its guards are ending it. */
export async function afterTheEndOf(left: readonly Known[]): Promise<void> {
  const gone = async () => (left.some(isAlive) ? undefined : true);
  await until('the end of the previous run', 25, gone).catch(() => {
    for (const one of left.filter(isAlive)) process.kill(-one.pid, 'SIGKILL');
  });
}
