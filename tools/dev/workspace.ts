import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(from: string): string {
  if (existsSync(join(from, 'nx.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('no nx.json above this file: the tools run inside a checkout');
  return findRoot(parent);
}

/** The checkout, the same from sources (jest) and from `dist/`. */
export const workspaceRoot = findRoot(__dirname);

export const fromRoot = (...parts: string[]): string => join(workspaceRoot, ...parts);

/** A sentence for the person at the terminal: what is missing and how to get it. No stack is shown for it. */
export class Missing extends Error {
  override name = 'Missing';
}

/** Polls until the answer is not undefined; the thing waited for is named in the failure. */
export async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let pause = 10;
  for (;;) {
    const answer = await probe().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what} not ready after ${seconds} s`);
    await new Promise((wake) => setTimeout(wake, pause));
    pause = Math.min(pause * 1.5, 200);
  }
}
