import type { RunningSystem, SystemWish } from '@shidang/dev';
import type { Journal } from './journal/journal';
import type { Violation } from './check/violation';

/** What a drill acts on while clients work. */
export interface Drilling {
  readonly system: RunningSystem;
  readonly seed: string;
  /** How long faults go on. */
  readonly milliseconds: number;
  /** How long one thing is frozen. */
  readonly seconds: number;
  readonly journal: Journal;
  /** When the run began: what is older belongs to the demo. */
  readonly since: Date;
  /** What the checks find right now. */
  readonly check: () => Promise<readonly Violation[]>;
  readonly say: (line: string) => void;
}

export interface Drill {
  readonly name: string;
  /** One line for `--list`. */
  readonly says: string;
  /** Minutes of faults unless asked otherwise. */
  readonly minutes: number;
  readonly system?: SystemWish;
  /** Done before the system starts; returns what undoes it. */
  readonly prepare?: (
    wish: SystemWish,
  ) => Promise<{ wish: SystemWish; undo: () => Promise<void> } | { skipped: string }>;
  /** Strikes while clients work, and answers what it saw go wrong itself. Recovery counts from its end. */
  readonly faults: (drilling: Drilling) => Promise<readonly Violation[]>;
  /** `afterwards` breaks things on purpose: the checks do not run behind it. */
  readonly leavesDamage?: true;
  /** Looked at when nobody works any more; the checks run once more behind it. */
  readonly afterwards?: (drilling: Drilling) => Promise<readonly Violation[]>;
}
