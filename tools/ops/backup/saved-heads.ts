import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyDurably } from './saved-keys';

/** Where a system in `dir` writes the heads of its audit chains (T2). */
export const headsIn = (dir: string): string => join(dir, 'audit-heads');

/**
 * Copies heads of the audit chains from one directory to another; none when there is none. Before a backup: what they name must be
 * in it. After a restore: what is known outside and the database lacks is found until it is declared.
 */
export function copyHeads(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const file of readdirSync(from).filter((name) => name.endsWith('.jsonl')))
    copyDurably(join(from, file), join(to, file));
}
