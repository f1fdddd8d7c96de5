import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Missing } from '../workspace';
import { afterTheEndOf, isAlive, known, type Known } from './processes';

/** What is written down about a running system: for the next start, for tools that look in. */
export interface State {
  readonly supervisor: Known;
  readonly url?: string;
  /** Three NATS nodes and two replicas of everything else. */
  readonly cluster?: boolean;
  readonly ports: Readonly<Record<string, number>>;
  readonly children: Readonly<Record<string, Known>>;
  /** Its databases may lose what they acknowledged; verbs of services are told so. */
  readonly throwAway?: boolean;
  /** Where WAL is archived; kept from start to start. */
  readonly archive?: string;
}

const lockOf = (dir: string) => join(dir, 'lock.json');
const stateOf = (dir: string) => join(dir, 'state.json');

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

export const readState = (dir: string): State | undefined => read<State>(stateOf(dir));

export function writeState(dir: string, state: State): void {
  writeFileSync(stateOf(dir), JSON.stringify(state, null, 2), { mode: 0o600 });
}

/** One start per checkout. A lock whose owner is gone is taken over, after what he left has ended. */
export async function lock(dir: string): Promise<() => void> {
  mkdirSync(dir, { recursive: true });
  const holder = read<Known>(lockOf(dir));
  if (holder && isAlive(holder)) {
    const url = readState(dir)?.url;
    throw new Missing(
      `This checkout is already running (process ${holder.pid}${url ? `, ${url}` : ''}). Stop it with Ctrl-C there or kill ${holder.pid}; ` +
        'a second system at the same time needs a second checkout.',
    );
  }
  if (existsSync(lockOf(dir))) rmSync(lockOf(dir));
  try {
    writeFileSync(lockOf(dir), JSON.stringify(known(process.pid)), { flag: 'wx', mode: 0o600 });
  } catch {
    throw new Missing('Another start of this checkout began at the same moment.');
  }
  await afterTheEndOf(Object.values(readState(dir)?.children ?? {}));
  return () => rmSync(lockOf(dir), { force: true });
}
