import type { Scale } from './demo';

export interface SystemWish {
  /** Everything of this system lies here; a throw-away one gets a directory under the system's temporary one. */
  readonly dir?: string;
  readonly throwAway?: boolean;
  readonly fresh?: boolean;
  /** Port of the gateway; 0 = any. */
  readonly port?: number;
  readonly scale?: Scale;
  readonly demo?: boolean;
  /** Three NATS nodes, two replicas of each service and of the gateway behind one address. */
  readonly cluster?: boolean;
  /** Added to the environment of every app (settings such as a batch's holding time). */
  readonly env?: Readonly<Record<string, string>>;
  readonly say?: (line: string) => void;
}
