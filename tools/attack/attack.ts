import type { Violation } from './check/violation';
import type { Asker } from './door/asker';

/** The system under attack, as who holds its machine sees it. */
export interface Attacked {
  readonly url: string;
  readonly dir: string;
  readonly adminUrl: string;
  readonly natsUrl: string;
  /** The guard of a process by its name. */
  readonly pidOf?: (name: string) => number | undefined;
}

/** What an attack has to work with. */
export interface Attacking {
  readonly system: Attacked;
  /** Insiders: real accounts of every role, each logged in. */
  readonly askers: readonly Asker[];
  readonly seed: string;
  /** How many requests a generated attack sends. */
  readonly requests: number;
  /** How long an attack that lasts goes on. */
  readonly milliseconds: number;
  readonly say: (line: string) => void;
}

export interface Found {
  /** What was done, counted. */
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

export interface Attack {
  readonly name: string;
  /** One line for `--list`. */
  readonly says: string;
  readonly run: (attacking: Attacking) => Promise<Found>;
}
