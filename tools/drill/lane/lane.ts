import type { Random } from '@shidang/seed';
import type { Client } from '../client/client';

/** The accounts a run works with, by log-in name. */
export type Door = (account: string) => Client;

/**
 * One thread of work. A step draws all its chance from `wish` before it looks at the system: the n-th step of a lane wants
 * the same for the same seed, whatever came before; which case or row it meets is the system's state.
 */
export interface Lane {
  readonly name: string;
  /** `op` names the step's writes; a step with several appends a letter. */
  step(wish: Random, op: string): Promise<void>;
}
