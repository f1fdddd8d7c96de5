import type { Scale } from './demo';
import type { AppName } from './service-environment';

export interface SystemWish {
  /** Everything of this system lies here; a throw-away one gets a directory under the system's temporary one. */
  readonly dir?: string;
  readonly throwAway?: boolean;
  readonly fresh?: boolean;
  /** Port of the gateway; 0 = any. */
  readonly port?: number;
  readonly scale?: Scale;
  /** Of the scale's size, 0–1: for trying things out. */
  readonly share?: number;
  readonly demo?: boolean;
  /** Three NATS nodes, two replicas of each service and of the gateway behind one address. */
  readonly cluster?: boolean;
  /** Added to the environment of every app (settings such as a batch's holding time). */
  readonly env?: Readonly<Record<string, string>>;
  /** Archives WAL: in `<dir>/archive`, or there. What is not said stays as it was at the last start. */
  readonly archive?: boolean | string;
  readonly postgresSettings?: Readonly<Record<string, string>>;
  /** The last word on the environment of one replica of an app: a drill puts a proxy between it and its servers. */
  readonly rewire?: (app: AppName, environment: NodeJS.ProcessEnv) => Promise<NodeJS.ProcessEnv>;
  readonly say?: (line: string) => void;
}
