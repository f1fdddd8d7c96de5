import { setTimeout as rest } from 'node:timers/promises';
import { bodyOf, type Answer } from './ask';

/** The body of an answer that has to be a yes: what is prepared for an attack must stand. */
export function must(answer: Answer, what: string): Record<string, unknown> {
  if (answer.status >= 300 || answer.status === 0)
    throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return bodyOf(answer);
}

/** Looks until there is something. */
export async function became<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await rest(200);
  }
  throw new Error(`it did not happen within 60 s that ${what}`);
}
